import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  children: ReactNode;
}

/** Keeps the rest of the page when a section fails: its file may not arrive, or be gone with the version before. */
export class LoadBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <>
        <div className="heading">
          <h1>Not loaded</h1>
        </div>
        <div className="problem" role="alert">
          <p>This section could not be loaded. There may be no network, or a new version.</p>
          <button type="button" onClick={() => window.location.reload()}>
            Reload
          </button>
        </div>
      </>
    );
  }
}
