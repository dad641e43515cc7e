import { describe, expect, it } from 'vitest';
import { changed, differences, type Settings, whole } from './settings';

describe('settings', () => {
  it('keep only what is not as usual', () => {
    const quick = changed({}, { quality: 'draft', pacing: 'fast' });
    expect(quick).toEqual({ quality: 'draft', pacing: 'fast' });
    expect(changed(quick, { quality: 'standard' })).toEqual({ pacing: 'fast' });
  });

  it('are whole where only a part of a part is set', () => {
    const settings = changed({}, { cut: { captions: { preset: 'pop' } } });
    expect(whole(settings).cut.captions.preset).toBe('pop');
    expect(whole(settings).cut.captions.shown).toBe(true);
    expect(whole(settings).cut.look.grade).toBe('none');
  });

  it('take a part back that is as usual again', () => {
    const settings = changed<Settings>({}, { voice: { name: 'Puck' } });
    expect(changed(settings, { voice: { ...settings.voice, name: 'Kore' } })).toEqual({});
  });

  it('are counted where they differ, and other parts of a brief are left alone', () => {
    const draft = { product_name: 'Mug', style: 'social_reel' as const };
    expect(differences({ style: draft.style })).toBe(1);
    expect(changed(draft, { style: 'testimonial' })).toEqual({ product_name: 'Mug' });
  });
});
