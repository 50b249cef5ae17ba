import type { KeyValue } from './entities.ts';
import { invalidParameter } from './errors.ts';

/** The tag that always says what a run's name says (MLflow: utils/mlflow_tags.py, MLFLOW_RUN_NAME). */
export const RUN_NAME_TAG = 'mlflow.runName';

/**
 * The name a new run asks for, by field or by tag; undefined when it asks for none, and '' asks for none.
 * Throws INVALID_PARAMETER_VALUE when field and tag differ (MLflow: SqlAlchemyStore.create_run).
 */
export function runNameOf(runName: string | undefined, tags: readonly KeyValue[]): string | undefined {
  const tagged = tags.find((tag) => tag.key === RUN_NAME_TAG)?.value;
  if (runName && tagged && runName !== tagged) {
    throw invalidParameter(
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        `(run_name='${runName}', mlflow.runName='${tagged}').`,
    );
  }
  return runName || tagged || undefined;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** At most 8 letters each, so that a whole name has at most 20 characters, as MLflow's have. */
const ADJECTIVES = words(`
  airy amber ample azure balmy brave breezy brisk candid cheerful cheery clear cobalt comfy copper coral cosy
  creamy crisp curly dear deft dewy downy dreamy eager early earnest easy elated emerald epic fabled fair famed
  festive fine fleet floral fluffy fond fresh frosty genial giddy glad gleaming glossy golden graceful grand
  grassy hale handy happy hardy hearty honest humble indigo ivory jade jaunty jolly jovial joyful keen kind leafy
  light lilac limber lively lofty loyal lucid lucky lunar lush mellow merry mild minty misty modest neat nifty
  noble opal patient peachy perky plucky plush poised proud quaint quiet radiant rapid ready rosy ruby sandy savvy
  serene shiny silver sleek smart smooth snappy snug solar spry stable starry steady stellar sturdy sunlit sunny
  superb sweet swift tender tidy topaz tranquil trusty velvet verdant vernal vivid warm winged wise witty young
  zany zesty zippy
`);

/** At most 7 letters each. */
const NOUNS = words(`
  acorn almond anchor apple arbor arch aspen atlas aurora autumn bamboo banjo basil bay beacon beech berry birch
  blossom bridge brook cabin canal candle canoe canyon canvas castle cedar cello cherry chime cliff clover coast
  cocoa comet compass cosmos cove crater creek crystal cypress dahlia daisy dawn delta dune dusk echo elm ember
  fable feather fern fiddle field fjord flute forest fossil galaxy garden geyser ginger glacier glade glen grove
  guitar harbor harp harvest hazel heath hill holly honey horizon iris island ivy jasmine jetty juniper kayak
  kettle lagoon lake lantern larch laurel lemon lily lotus lute magnet maple marina market meadow melody melon
  mesa meteor mill mirror moon mosaic nebula nectar nest oak oasis ocean olive onyx orbit orchard orchid palm
  papaya peach peak pebble pecan peony petal piano pier pine planet plum poem pond poplar poppy prairie prism
  puzzle quarry quartz quill quilt rain rainbow reef ridge river rocket saddle saffron sail sequoia shell shore
  sky snow sonnet spark spring spruce star stream summit sun sunset temple thicket thistle thyme tide timber torch
  tower trail tulip tundra valley vanilla village violet violin vista walnut waltz water wave willow wind winter
  yarrow zephyr
`);

const NUMBERS = 1000;

/**
 * A name for a run or a logged model that has none: `sunny-harbor-42`. `random` gives numbers from 0 up to but not
 * including 1 (MLflow: utils/name_utils.py, _generate_random_name, with words of its own).
 */
export function generateRunName(random: () => number): string {
  const below = (count: number) => Math.floor(random() * count);
  return `${ADJECTIVES[below(ADJECTIVES.length)]}-${NOUNS[below(NOUNS.length)]}-${below(NUMBERS)}`;
}
