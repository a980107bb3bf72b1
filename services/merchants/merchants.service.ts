import type { ServiceSchema } from 'moleculer';
import { bind } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { merchantsActions } from '../../shared/protocol/merchants/actions.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { merchantsDeps } from './merchants.deps.ts';
import { changeContract } from './use-cases/change-contract.ts';
import { changeMerchant } from './use-cases/change-merchant.ts';
import { createContract } from './use-cases/create-contract.ts';
import { createMerchant } from './use-cases/create-merchant.ts';
import { listContracts } from './use-cases/list-contracts.ts';
import { getMerchant, getMerchantSnapshot, listMerchants } from './use-cases/list-merchants.ts';
import { createNote, deleteNote, listNotes, pinNote } from './use-cases/notes/notes.ts';
import {
  checkMerchantVatId,
  listVatChecks,
  recheckVatIds,
  type VatCheckDeps,
} from './use-cases/vat-checks/vat-checks.ts';
import { merchantsInvariants } from './persistence/invariants.ts';

export const merchantsService = (deps: BaseDeps & VatCheckDeps): ServiceSchema =>
  defineService({
    name: 'merchants',
    deps,
    invariants: merchantsInvariants,
    actions: bind(merchantsActions, {
      listMerchants: (input, actor) => listMerchants(deps, input, actor),
      createMerchant: (input, actor) => createMerchant(deps, input, actor),
      getMerchant: (input, actor) => getMerchant(deps, input, actor),
      changeMerchant: (input, actor) => changeMerchant(deps, input, actor),
      listContracts: (input, actor) => listContracts(deps, input, actor),
      createContract: (input, actor) => createContract(deps, input, actor),
      changeContract: (input, actor) => changeContract(deps, input, actor),
      listNotes: (input, actor) => listNotes(deps, input, actor),
      createNote: (input, actor) => createNote(deps, input, actor),
      pinNote: (input, actor) => pinNote(deps, input, actor),
      deleteNote: (input, actor) => deleteNote(deps, input, actor),
      listVatChecks: (input, actor) => listVatChecks(deps, input, actor),
      checkVatId: (input, actor) => checkMerchantVatId(deps, input, actor),
      getMerchantSnapshot: (input, actor) => getMerchantSnapshot(deps, input, actor),
    }),
    workers: [{ name: 'recheck-vat-ids', everyMs: 600_000, round: () => recheckVatIds(deps) }],
  });

export default async (platform: Platform) => merchantsService(await merchantsDeps(platform));
