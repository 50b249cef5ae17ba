import { Link } from 'wouter';
import { links } from '../../routes/links.ts';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty } from '../../ui/states/states.tsx';

/** What is shown at a path that is no page's. */
export function NotFoundPage() {
  usePageTitle('No such page');
  return (
    <Empty title="There is no page here">
      <p>
        The link may be mistyped, or of another version. <Link href={links.experiments()}>All experiments</Link>
      </p>
    </Empty>
  );
}
