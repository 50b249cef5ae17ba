import { validateArtifactLocation } from '../../domain/artifact-location.ts';
import { validateExperimentName } from '../../domain/experiment.ts';
import { validateCustomViewCount, validateExperimentTag } from '../../domain/tag.ts';
import { appendToUriPath } from '../../domain/uri.ts';
import { keyValue, requiredText } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { owningExperiment } from '../identity/own-experiment.ts';
import { defineOperation } from '../operation.ts';

const request = message({
  name: requiredText('Name, unique among active and deleted experiments'),
  artifact_location: text('Where its runs keep their artifacts; the server chooses when absent'),
  tags: list(keyValue, 'Tags'),
});

export const createExperiment = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/create',
  since: '2.0',
  request,
  handle: async ({ name, artifact_location: location, tags }, services) => {
    const { store, clock, artifactRoot } = services;
    validateCustomViewCount(tags.map(({ key }) => key));
    if (location) validateArtifactLocation(location, 'artifact_location');
    validateExperimentName(name);
    for (const { key, value } of tags) validateExperimentTag(key, value);
    const experimentId = await store.createExperiment({
      name,
      locationOf: (id) => location || appendToUriPath(artifactRoot, id),
      tags: new Map(tags.map(({ key, value }) => [key, value])),
      now: clock(),
      beforehand: owningExperiment(services),
    });
    return { experiment_id: experimentId };
  },
});
