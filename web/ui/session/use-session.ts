import { useSyncExternalStore } from 'react';
import { type SessionState, session } from '../../api/session.ts';

/** Who is signed in. */
export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.state);
