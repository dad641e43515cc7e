import { useEffect, useState } from 'react';
import { call } from '@/api/call';
import type { ModelFacts } from '@/api/types';
import { Choice } from './Choice';
import type { SectionProps } from './PictureSettings';
import { Section } from './Section';
import { ROLES } from './words';

const BY_QUALITY = '';

/** Models by role. Left alone, the quality chooses them. */
export function ModelSettings({ now, set }: SectionProps) {
  const [models, setModels] = useState<ModelFacts[]>([]);
  useEffect(() => {
    let wanted = true;
    call('listModels', {}).then(
      (answer) => wanted && setModels(answer.models),
      () => {}, // the quality chooses all the same
    );
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <Section title="Models">
      {(Object.keys(ROLES) as (keyof typeof ROLES)[]).map((role) => (
        <Choice
          key={role}
          label={ROLES[role]}
          words={namesOf(role, models, now.models[role])}
          value={now.models[role] ?? BY_QUALITY}
          onChange={(id) => set({ models: { ...now.models, [role]: id || null } })}
        />
      ))}
    </Section>
  );
}

function namesOf(role: string, models: ModelFacts[], chosen: string | null): Record<string, string> {
  const served = models.filter((model) => model.role === role && model.lifecycle !== 'retired');
  const names = new Map(served.map(({ id, price }) => [id, price ? `${id} (${price})` : id]));
  if (chosen && !names.has(chosen)) names.set(chosen, chosen);
  return { [BY_QUALITY]: 'By the quality', ...Object.fromEntries(names) };
}
