import { FirebaseError } from 'firebase/app';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, explain } from './error';

const thrown = (code: string, message: string, details?: object) =>
  Object.assign(new FirebaseError(`functions/${code}`, message), { details });

afterEach(() => vi.unstubAllGlobals());
const online = (onLine: boolean) => vi.stubGlobal('navigator', { onLine });

describe('what was thrown', () => {
  it('keeps code, sentence and field of the server', () => {
    online(true);
    const details = { field: 'brief.product_name' };
    const error = ApiError.of(
      thrown('invalid-argument', 'brief.product_name: Field required [400]', details),
    );
    expect([error.code, error.field]).toEqual(['invalid_argument', 'brief.product_name']);
    expect(explain(error)).toMatchObject({ sentence: 'Field required.', remedy: 'change' });
  });

  it('tells a service out of reach from one that failed, and both from being offline', () => {
    online(true);
    expect(ApiError.of(thrown('internal', 'internal [0]')).code).toBe('unavailable');
    expect(ApiError.of(thrown('internal', 'something went wrong on our side [500]')).code).toBe('internal');
    online(false);
    expect(ApiError.of(thrown('internal', 'internal [0]')).code).toBe('offline');
  });

  it('takes a stopped request for what it is', () => {
    expect(ApiError.of(new DOMException('', 'AbortError')).code).toBe('cancelled');
  });
});

describe('what a person is told', () => {
  const now = new Date(2026, 10, 20, 22, 0);

  it('says when to come back from a limit', () => {
    const limit = (seconds: number) =>
      explain(new ApiError('resource_exhausted', 'too many', null, seconds), now);
    expect(limit(30).sentence).toBe('Too many. Come back in 30 seconds.');
    expect(limit(600).sentence).toContain('in 10 minutes');
    expect(limit(3 * 3600).sentence).toContain('tomorrow at');
    expect(limit(30).remedy).toBe('wait');
  });

  it('asks for another cap where money ran out', () => {
    expect(explain(new ApiError('resource_exhausted', 'the cap is reached'))).toMatchObject({
      remedy: 'budget',
    });
  });

  it('has one remedy and a name for its button for every code', () => {
    const codes = [
      'unauthenticated',
      'permission_denied',
      'not_found',
      'already_exists',
      'aborted',
      'too_large',
    ] as const;
    const rest = ['failed_precondition', 'unavailable', 'internal', 'offline', 'cancelled'] as const;
    for (const code of [...codes, ...rest]) {
      const { title, sentence, action } = explain(new ApiError(code, 'it was so'));
      expect([title, sentence, action].every(Boolean)).toBe(true);
    }
  });
});
