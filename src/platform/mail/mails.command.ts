import { Command } from 'nest-commander';

import { AdminCommand } from '../cli/admin-command.js';
import { UsageError } from '../cli/command.errors.js';
import { MailsPreviewCommand } from './mails-preview.command.js';
import { MailsSendTestCommand } from './mails-send-test.command.js';

@Command({
  name: 'mails',
  description: 'Show mails as they are sent, or send one to an address',
  subCommands: [MailsPreviewCommand, MailsSendTestCommand],
})
export class MailsCommand extends AdminCommand {
  run(): Promise<void> {
    throw new UsageError('mails needs a subcommand: preview or send-test');
  }
}
