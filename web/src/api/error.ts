// One shape for everything that can go wrong, and what to tell a person of it.

export type ErrorCode =
  | 'invalid_argument'
  | 'failed_precondition'
  | 'unauthenticated'
  | 'permission_denied'
  | 'not_found'
  | 'already_exists'
  | 'aborted'
  | 'too_large'
  | 'resource_exhausted'
  | 'unavailable'
  | 'internal'
  | 'offline'
  | 'cancelled';

/** `message` is a sentence for people; `field` is the part of the request to blame, dotted. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field: string | null = null,
    /** Seconds after which it is worth another try. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** From whatever was thrown: by Firebase's SDKs, by fetch, by our own code. */
  static of(thrown: unknown): ApiError {
    if (thrown instanceof ApiError) return thrown;
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return cancelled();
    if (!navigator.onLine) return new ApiError('offline', 'There is no connection to the internet.');
    const {
      code = '',
      message: said = '',
      details,
    } = thrown as {
      code?: string;
      message?: string;
      details?: { field?: string; retry_after?: number } | null;
    };
    const message = said.replace(/ \[\d+\]$/, ''); // the SDK adds the HTTP status
    const word = code.split('/').at(-1)?.replaceAll('-', '_') ?? '';
    // The SDK's way to say that no answer came at all.
    if (word === 'internal' && (message === 'internal' || message === '')) {
      return new ApiError('unavailable', 'The service cannot be reached.');
    }
    const known = (CODES as readonly string[]).includes(word) ? (word as ErrorCode) : 'internal';
    return new ApiError(known, message || 'Something went wrong.', details?.field, details?.retry_after);
  }
}

export const cancelled = () => new ApiError('cancelled', 'It was stopped.');

const CODES: readonly ErrorCode[] = [
  'invalid_argument',
  'failed_precondition',
  'unauthenticated',
  'permission_denied',
  'not_found',
  'already_exists',
  'aborted',
  'too_large',
  'resource_exhausted',
  'unavailable',
  'internal',
  'cancelled',
];

export type Remedy = 'retry' | 'sign-in' | 'wait' | 'change' | 'budget' | 'leave';

/** What a person is told: what happened, and the one thing to do about it. */
export type Failure = {
  title: string;
  sentence: string;
  remedy: Remedy;
  action: string;
  field: string | null;
};

/** What to tell of an error. `now` is there to say when it is worth coming back. */
export function explain(error: ApiError, now = new Date()): Failure {
  const told = (title: string, remedy: Remedy, action: string, sentence = sentenceOf(error)): Failure => ({
    title,
    sentence,
    remedy,
    action,
    field: error.field,
  });
  switch (error.code) {
    case 'offline':
      return told(
        'You are offline',
        'retry',
        'Try again',
        'Nothing was lost. It goes on when the connection is back.',
      );
    case 'unauthenticated':
      return told(
        'Your session has ended',
        'sign-in',
        'Sign in again',
        'Sign in and carry on where you were.',
      );
    case 'permission_denied':
      return told('You may not do this', 'leave', 'Go back');
    case 'not_found':
      return told('It is not here', 'leave', 'Go back', 'It was deleted, or it belongs to somebody else.');
    case 'resource_exhausted':
      if (error.retryAfter === null) return told('The budget is used up', 'budget', 'Raise the cap');
      return told(
        'A limit is reached',
        'wait',
        'Try again',
        `${sentenceOf(error)} Come back ${when(error.retryAfter, now)}.`,
      );
    case 'too_large':
      return told('The file is too large', 'change', 'Choose another');
    case 'invalid_argument':
      return told('Something needs another look', 'change', 'Change it');
    case 'failed_precondition':
      return told('Not possible right now', 'change', 'Have a look');
    case 'already_exists':
      return told('It is there already', 'leave', 'Go back');
    case 'aborted':
      return told('Somebody was faster', 'retry', 'Try again', 'It was changed elsewhere at the same time.');
    case 'cancelled':
      return told('Stopped', 'retry', 'Start again');
    case 'unavailable':
      return told(
        'The service does not answer',
        'retry',
        'Try again',
        `${sentenceOf(error)} Nothing was lost.`,
      );
    case 'internal':
      return told('Something went wrong on our side', 'retry', 'Try again');
  }
}

/** The server's sentences begin small and end without a stop, and name the field first. */
function sentenceOf(error: ApiError): string {
  const bare = error.field ? error.message.replace(`${error.field}: `, '') : error.message;
  const sentence = bare.charAt(0).toUpperCase() + bare.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function when(seconds: number, now: Date): string {
  if (seconds < 90) return `in ${seconds} seconds`;
  if (seconds < 3600) return `in ${Math.ceil(seconds / 60)} minutes`;
  const then = new Date(now.getTime() + seconds * 1000);
  const day = then.toDateString() === now.toDateString() ? 'today' : 'tomorrow';
  return `${day} at ${then.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}`;
}
