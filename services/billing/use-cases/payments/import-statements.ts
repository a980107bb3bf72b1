import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { BankImport, bankActions } from '../../../../shared/protocol/billing/bank-actions.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { BankEntry } from '../../camt/read-entry.ts';
import { ownIban, storeStatement } from '../../persistence/payments/bank-entries.ts';
import { bookingOf } from './settlement.ts';

/** A person looks through them; whoever imports old statements once more under other names needs no list of all. */
const MOST_SHOWN = 50;

const shown = ({ bookingDate, amountMinor, counterpartyName, remittance, bookingText }: BankEntry) => ({
  ...{ bookingDate, amountMinor, counterpartyName, remittance, bookingText },
});

/**
 * Takes the entries of a file with bank statements. All or nothing; what is known already, of this file or of another
 * that overlaps with it, changes nothing. Nothing is booked.
 * @throws InvalidInput with the path of what is wrong; RuleViolation before the issuer is set up
 */
export function importBankStatements(
  deps: BillingDeps,
  { file }: InputOf<typeof bankActions.importBankStatements>,
  actor: Actor,
): Promise<BankImport> {
  return takingUpload(deps, file, async () => {
    assertHouse(actor);
    const iban = await read(deps, actor, ownIban);
    if (!iban) throw new RuleViolation('ISSUER_MISSING', 'Set up the issuer with its bank account first');
    const { readStatements } = await import('../../camt/read-statements.ts');
    const statements = readStatements(await deps.store.read(file.uploadKey), iban, bookingOf(deps, actor.id).on);
    return transact(deps, actor, async (em, _announce, audit) => {
      // two files of one account at once would each wait for entries of the other
      await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`billing.bank-import ${iban}`}, 0))`);
      const told: BankImport['statements'] = [];
      for (const statement of statements) {
        const { added, takenAsKnown } = await storeStatement(em, statement, file, bookingOf(deps, actor.id));
        const { statementId, entries, pending } = statement;
        told.push({
          statementId,
          entries: entries.length,
          added,
          pending,
          takenAsKnown: takenAsKnown.slice(0, MOST_SHOWN).map(shown),
        });
        if (added)
          audit({
            ...{ action: 'bank-statement.imported', entity: 'bank-statement', entityId: uuidOf(iban, statementId) },
            ...{ merchantId: null, after: { statementId, entries: entries.length, added, sha256: file.sha256 } },
          });
      }
      const added = told.reduce((sum, one) => sum + one.added, 0);
      return { statements: told, added, known: told.reduce((sum, one) => sum + one.entries, 0) - added };
    });
  });
}
