// One sound at a time, wherever its button is.
import { create } from 'zustand';
import { ApiError } from '@/api/error';
import { forgetMedia, mediaUrl } from '@/api/media';
import { tried } from '@/ui/undo';

/** The place whose sound is heard, and how much of it was: 0 to 1. */
type Playing = { place: string | null; share: number };

const NOTHING: Playing = { place: null, share: 0 };
const usePlaying = create<Playing>(() => NOTHING);
const audio = new Audio();
audio.ontimeupdate = () => {
  if (audio.duration) usePlaying.setState({ share: audio.currentTime / audio.duration });
};
audio.onended = () => usePlaying.setState(NOTHING);

/** Stop what is heard at a place, if anything is. */
export function stop(place: string): void {
  if (usePlaying.getState().place !== place) return;
  audio.pause();
  usePlaying.setState(NOTHING);
}

/** Play a stored object from its beginning, at a place of that name. What was heard before stops. */
export function play(place: string, object: string): Promise<boolean> {
  audio.pause();
  usePlaying.setState({ place, share: 0 });
  const isWanted = () => usePlaying.getState().place === place;
  return tried(async () => {
    try {
      const url = await mediaUrl(object);
      if (!isWanted()) return;
      audio.src = url ?? '';
      await audio.play();
    } catch {
      // Another button that was pressed meanwhile breaks off this one; that is no failure.
      if (!isWanted()) return;
      stop(place);
      forgetMedia(object); // its address may have run out
      throw new ApiError('unavailable', 'The sound cannot be played.');
    }
  });
}

/** How much was heard at a place, 0 to 1; null where nothing plays there. */
export const useHeard = (place: string) => usePlaying((now) => (now.place === place ? now.share : null));
