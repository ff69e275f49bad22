import {
  type ApplicationText,
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
} from '@stricli/core';
import { toMessage } from '../base/errors.ts';
import { printable } from './views/printable.ts';

/** What is said of a command line that is wrong: in one form with all other errors, and with the next step. */
export const messages: ApplicationText = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    sentence(
      `there is no command "${input}"`,
      corrections,
      '',
      'Commands: plimsoll --help. To scan an image: plimsoll scan IMAGE',
    ),
  exceptionWhileLoadingCommandFunction: (error) =>
    `plimsoll: This command cannot be loaded: ${printable(toMessage(error))}. ${adviceFor(error)}`,
  exceptionWhileParsingArguments: (error) =>
    error instanceof ArgumentScannerError
      ? formatMessageForArgumentScannerError(error, formatter)
      : `plimsoll: ${printable(toMessage(error))}`,
};

function adviceFor(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EMFILE'
    ? 'Allow more open files: ulimit -n 256.'
    : 'Install plimsoll again.';
}

const help = 'Flags and examples: add --help.';

const formatter: Parameters<typeof formatMessageForArgumentScannerError>[1] = {
  FlagNotFoundError: ({ input, corrections }) =>
    sentence(`there is no flag --${toKebab(input)}`, corrections, '--', help),
  AliasNotFoundError: ({ input }) => sentence(`there is no flag -${input}`, [], '', help),
  UnsatisfiedPositionalError: ({ placeholder }) => sentence(`the ${placeholder} is missing`, [], '', help),
  UnexpectedPositionalError: ({ input }) => sentence(`"${input}" is one argument too many`, [], '', help),
  UnsatisfiedFlagError: ({ externalFlagName }) =>
    sentence(`--${toKebab(externalFlagName)} needs a value`, [], '', help),
  EnumValidationError: ({ externalFlagName, input, values }) =>
    sentence(`--${toKebab(externalFlagName)} cannot be "${input}"; it is one of ${values.join(', ')}`, [], '', help),
};

/** @param prefix What stands before a suggested name. */
function sentence(what: string, corrections: readonly string[], prefix: string, next: string): string {
  const names = [...new Set(corrections.map((name) => prefix + toKebab(name)))];
  const guess = names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`;
  return `plimsoll: ${printable(what)}.${guess} ${next}`;
}

function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
