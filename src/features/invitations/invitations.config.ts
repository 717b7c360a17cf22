import { area } from '../../platform/config/area.js';
import { section } from '../../platform/config/section.js';
import { seconds } from '../../platform/config/variable-primitives.js';

export const invitationsArea = area({
  title: 'Invitations',
  variables: {
    INVITATION_TTL: {
      schema: seconds(),
      fallback: '604800',
      about: 'Seconds an invitation can be accepted after its mail.',
    },
  },
});

export const invitationsConfig = section('invitations', invitationsArea, (env) => ({
  lifetime: env.INVITATION_TTL,
}));
