import { Component, type ReactNode } from 'react';
import { Trouble } from '../states/states.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
}

/** Shows what went wrong where a page failed to be drawn, instead of nothing; a class, for React asks for one. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <Trouble title="The page cannot be shown" error={this.state.error} onRetry={() => window.location.reload()} />
    );
  }
}
