import { Alert, Anchor } from '@mantine/core';
import { useEffect, useState } from 'react';
import { project } from '@/firebase/app';

type Mail = { email: string; oobLink: string };

/** The local cloud sends no mails: here is the link that would be in it. */
export default function LocalMail({ to }: { to: string }) {
  const [link, setLink] = useState<string | null>(null);
  useEffect(() => {
    fetch(`/emulator/v1/projects/${project}/oobCodes`)
      .then((answer) => answer.json())
      .then(({ oobCodes }: { oobCodes: Mail[] }) => {
        const mail = oobCodes.findLast(({ email }) => email === to.toLowerCase());
        if (!mail) return;
        const { pathname, search } = new URL(mail.oobLink);
        setLink(pathname + search);
      });
  }, [to]);
  return (
    <Alert title="This cloud is local" color="gray">
      Mails are not sent here.{' '}
      {link ? <Anchor href={link}>Open the link of the mail</Anchor> : 'Nobody has this address.'}
    </Alert>
  );
}
