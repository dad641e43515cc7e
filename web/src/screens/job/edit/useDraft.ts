import { useEffect, useRef, useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { Cut, EditDocument, Job } from '@/api/types';
import { usePreviewed } from '@/job/usePreviewed';
import type { Draft } from './changes';
import { difference, merged } from './patch';

const LOOK_AT = 50;

/** The cut that a job has now: its edits over its brief. */
export function draftOf(job: Job): Draft {
  return { cut: merged(job.brief.cut, job.edits.cut), music: job.edits.music ?? job.brief.music };
}

/** The job's editor document that is not compiled yet, null where there is none. */
export async function unfinished(jobId: string): Promise<EditDocument | null> {
  const { edits } = await call('listEdits', { limit: LOOK_AT });
  return (
    edits.find((edit) => edit.job_id === jobId && edit.compiled !== edit.version && edit.version > 1) ?? null
  );
}

/** A cut that somebody works on, kept in an editor document from the first change on. `previewed` says what rendering it
 * would make again. */
export function useDraft(job: Job, found: EditDocument | null) {
  const was = draftOf(job);
  const [draft, setDraft] = useState<Draft>({ cut: found?.cut ?? was.cut, music: was.music });
  const [error, setError] = useState<ApiError | null>(null);
  const document = useRef(found);
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const changed = difference(was, draft) !== undefined;

  /** The document with the draft's cut in it. One save at a time, so that each names the version before it. */
  const save = (cut: Cut): Promise<EditDocument> => {
    const next = saving.current.then(async () => {
      document.current ??= await call('createEdit', { job_id: job.id });
      const patch = difference(document.current.cut, cut) as Record<string, unknown> | undefined;
      if (patch) {
        const { id: edit_id, version } = document.current;
        document.current = await call('updateEdit', { edit_id, version, cut: patch });
      }
      return document.current;
    });
    saving.current = next.catch(() => {});
    return next;
  };
  const previewed = usePreviewed(changed ? JSON.stringify(draft) : null, async () => {
    const { id: edit_id } = await save(draft.cut);
    const cut = await call('compileEdit', { edit_id, preview: true });
    if (draft.music === was.music) return cut;
    const music = await call('editJob', { job_id: job.id, music: draft.music, preview: true });
    return { ...cut, units: [...new Set([...music.units, ...cut.units])], cost: music.cost + cut.cost };
  });
  const render = async () => {
    setError(null);
    try {
      const { id: edit_id } = await save(draft.cut);
      if (draft.music !== was.music) await call('editJob', { job_id: job.id, music: draft.music });
      await call('compileEdit', { edit_id });
      return true;
    } catch (thrown) {
      setError(ApiError.of(thrown));
      return false;
    }
  };
  const discard = async () => {
    setDraft(was);
    const left = document.current;
    document.current = null;
    if (left) await call('deleteEdit', { edit_id: left.id });
  };
  // What was begun is saved also where somebody leaves at once.
  const latest = useRef({ save, draft, changed });
  latest.current = { save, draft, changed };
  useEffect(
    () => () => {
      const { save, draft, changed } = latest.current;
      if (changed) save(draft.cut).catch(() => {});
    },
    [],
  );
  return {
    was,
    draft,
    changed,
    previewed,
    error,
    render,
    discard,
    change: (patch: object) => setDraft((before) => merged(before, patch)),
  };
}
