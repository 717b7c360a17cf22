import { area } from '../../platform/config/area.js';
import { section } from '../../platform/config/section.js';
import { flag, list, whole } from '../../platform/config/variable-primitives.js';

const days = whole(0, 36_500, 'days');

export const usersArea = area({
  title: 'Users and retention',
  variables: {
    SIGNUP_SOURCES: {
      schema: list(),
      fallback: 'web,mobile,api,referral,import,cli,unknown',
      about: 'Known values of `signup_source`; others count as `other` in metrics.',
    },
    NEW_DEVICE_MAIL: {
      schema: flag,
      fallback: 'true',
      about: 'Mails users about a sign-in from a source and client never seen for their account.',
    },
    RETENTION_DAYS: {
      schema: days,
      fallback: '30',
      about: 'Days until `cleanup` erases deleted users, ended sessions, used tokens and keys.',
    },
    AUDIT_RETENTION_DAYS: {
      schema: days,
      fallback: '365',
      about: 'Days until `cleanup` removes audit rows.',
    },
  },
});

export const usersConfig = section('users', usersArea, (env) => ({
  signupSources: env.SIGNUP_SOURCES,
  newDeviceMail: env.NEW_DEVICE_MAIL,
  retentionDays: env.RETENTION_DAYS,
  auditRetentionDays: env.AUDIT_RETENTION_DAYS,
}));
