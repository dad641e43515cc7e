import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconCloudOff } from '@tabler/icons-react';

/** Over whatever is on the screen, so that nothing moves. */
export function OfflineBanner() {
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert
      role="status"
      variant="filled"
      color="dark"
      icon={<IconCloudOff aria-hidden />}
      title="You are offline"
      pos="fixed"
      top={64}
      left="50%"
      maw={480}
      style={{ transform: 'translateX(-50%)', zIndex: 300 }}
    >
      Work that has begun goes on without you. What you see catches up when the connection is back.
    </Alert>
  );
}
