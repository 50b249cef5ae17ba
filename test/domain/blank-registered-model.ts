import type { RegisteredModel } from '../../functions/domain/entities.ts';

/** A registered model that has nothing yet. */
export const BLANK_REGISTERED_MODEL: RegisteredModel = {
  registeredModelId: 'id',
  name: 'm',
  description: '',
  creationTime: 1,
  lastUpdateTime: 1,
  renameTime: 0,
  tags: new Map(),
  aliases: new Map(),
  stages: '',
  stageTimes: new Map(),
  hasPrompts: false,
};
