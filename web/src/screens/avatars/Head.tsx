import type { ReferenceAngle } from '@/api/types';

const SHOULDERS = <path d="M6 96c1-18 12-24 26-26h16c14 2 25 8 26 26z" className="cloth" />;

// Drawn looking to the left edge, as the left side of a person is seen; the right ones are turned round.
const FRONT = (
  <>
    <path d="M18 38c-2-22 8-32 22-32s24 10 22 32l-4 12H22z" className="hair" />
    <rect x="32" y="58" width="16" height="18" rx="7" className="skin" />
    <ellipse cx="40" cy="42" rx="17" ry="22" className="skin" />
    <path d="M22 36c4-12 12-14 18-14s15 2 18 14c-2-18-8-24-18-24s-16 6-18 24z" className="hair" />
    <circle cx="33" cy="41" r="2" className="ink" />
    <circle cx="47" cy="41" r="2" className="ink" />
    <path d="M40 43v7l-2 1M35 56q5 3 10 0" className="line" />
  </>
);
const BACK = (
  <>
    <rect x="32" y="56" width="16" height="20" rx="7" className="skin" />
    <path d="M18 42C16 18 26 8 40 8s24 10 22 34c-1 14-8 22-22 22s-21-8-22-22z" className="hair" />
    <path d="M40 12v34M31 15c-4 10-4 20-2 30M49 15c4 10 4 20 2 30" className="line" />
  </>
);
const PROFILE = (
  <>
    <path d="M36 56h16l2 20H36z" className="skin" />
    <path d="M28 16c-6 6-7 12-6 20l-6 11 6 3v6c0 5 3 8 9 8l14-4 9-22-6-26z" className="skin" />
    <path
      d="M26 18c6-12 22-14 32-4 9 9 8 26 2 40-4 6-8 8-12 6 4-10 2-16-2-22-6-2-10-8-11-15-4 0-7-2-9-5z"
      className="hair"
    />
    <circle cx="27" cy="38" r="2" className="ink" />
    <path d="M22 57h7" className="line" />
  </>
);
const THREE_QUARTER = (
  <>
    <path d="M20 34C20 16 30 6 44 7c14 1 21 12 19 32l-6 14H36z" className="hair" />
    <rect x="34" y="58" width="16" height="18" rx="7" className="skin" />
    <path
      d="M22 32c-2 6-2 10-3 14l2 4c1 10 7 16 15 16 11 0 19-10 19-24 0-12-6-20-16-21-9 0-15 4-17 11z"
      className="skin"
    />
    <path
      d="M21 34c2-12 10-18 20-17 6 1 8 6 10 12 3 2 5 4 6 9l5-2C62 16 56 8 44 8 30 8 20 18 21 34z"
      className="hair"
    />
    <circle cx="27" cy="41" r="2" className="ink" />
    <circle cx="40" cy="41" r="2" className="ink" />
    <path d="M30 42l-4 8 4 1M28 57q4 3 9 0" className="line" />
  </>
);

const DRAWN: Record<ReferenceAngle, React.ReactNode> = {
  front: FRONT,
  back: BACK,
  left_profile: PROFILE,
  right_profile: <g transform="matrix(-1 0 0 1 80 0)">{PROFILE}</g>,
  three_quarter_left: THREE_QUARTER,
  three_quarter_right: <g transform="matrix(-1 0 0 1 80 0)">{THREE_QUARTER}</g>,
};

/** How a person stands before the camera for a photo of this angle. */
export function Head({ angle }: { angle: ReferenceAngle }) {
  return (
    <svg viewBox="0 0 80 96" width="100%" aria-hidden="true">
      {SHOULDERS}
      {DRAWN[angle]}
    </svg>
  );
}
