import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { verifyArchive } from '../../../services/billing/archive/verify-archive.ts';
import type { BillingDeps } from '../../../services/billing/billing.deps.ts';
import { CHECKS } from '../../../services/billing/documents/checks/invalid.ts';
import { INVOICE_RENDERER_VERSION } from '../../../services/billing/documents/invoice-model.ts';
import { makeDocument } from '../../../services/billing/documents/make-document.ts';
import { getInvoice, getInvoiceXml, listInvoices } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { renderNextDocument } from '../../../services/billing/use-cases/invoices/render-documents.ts';
import { getIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { getLogo, removeLogo, setLogo } from '../../../services/billing/use-cases/issuer/logo.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { openImageProcessor } from '../../../shared/images/image-processor.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { openObjectStore } from '../../../shared/storage/open-store.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { noise } from '../../support/hostile-images.ts';
import { hasPdftotext, linesOf, textOf } from '../../support/pdf.ts';
import { corrupt } from '../../support/self-check.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-documents-'));
const images = openImageProcessor({ size: 1 });
let world: BillingWorld;
let store: ObjectStore;
let deps: BillingDeps;
let invoiceId = '';
const TEA = 'Haus Tee GmbH';

/** One merchant billed with a logo and an annex, another whose name no font here can print, approved before runs looked for that. */
beforeAll(async () => {
  world = await createBillingWorld();
  store = await openObjectStore(pathToFileURL(folder).href);
  deps = Object.assign(world.deps, { store, images, log: world.deps.log });
  await logoOf('jpeg');
  const alpha = await world.addMerchant('Alpha GmbH');
  const chinese = await world.addMerchant(TEA);
  const ofOneOrder = { merchantId: alpha, day: '2026-10-03' } as const;
  await world.addCharges([
    { ...ofOneOrder, rule: 'pack' },
    { ...ofOneOrder, rule: 'pick', quantity: '7' },
    { merchantId: alpha, rule: 'returnParcel', day: '2026-10-05' },
    { merchantId: chinese, rule: 'pack', day: '2026-10-04' },
  ]);
  const { id } = await startRun(deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  await requestStep(deps, 'approve', { id }, FINANCE);
  await world.work();
  await corrupt(
    world.database,
    `update billing.run_merchant set merchant_frozen = jsonb_set(merchant_frozen, '{address,name}', '"Haus 茶 GmbH"') where merchant_id = '${chinese}'`,
  );
  await requestStep(deps, 'finalize', { id }, FINANCE);
  await world.work();
  invoiceId = (await idOf('Alpha GmbH'))!;
});
afterAll(async () => {
  await images.close();
  await world.close();
  fs.rmSync(folder, { recursive: true });
});

const idOf = async (name: string): Promise<string | undefined> =>
  (
    await world.database.query<{ id: string }>(
      `select i.id from billing.invoice i join billing.merchant_ref m using (merchant_id) where m.name = '${name}'`,
    )
  )[0]?.id;
const row = async (id: string) =>
  (
    await world.database.query<Record<string, unknown>>(
      `select * from billing.invoice_document where invoice_id = '${id}'`,
    )
  )[0]!;

async function logoOf(format: 'jpeg' | 'png' | 'gif', actor = FINANCE) {
  const bytes = await noise(300, 120)[format]().toBuffer();
  const { key, sha256 } = await store.put(`incoming/${uuidv7(new Date())}`, bytes);
  return setLogo(deps, { file: { uploadKey: key, sha256, bytes: bytes.length, filename: 'logo' } }, actor);
}

describe('H2 a document and its e-invoice', () => {
  test('are archived together with the content they were made of and what was proven', async () => {
    const document = await row(invoiceId);
    expect(document).toMatchObject({
      state: 'ready',
      renderer_version: INVOICE_RENDERER_VERSION,
      checks: [...CHECKS],
      error: null,
      finding: null,
    });
    const xml = (await store.read(document['xml_object_key'] as string)).toString();
    expect(xml).toContain('urn:cen.eu:en16931:2017');
    const { objectKey } = await getInvoiceXml(deps, { id: invoiceId }, FINANCE);
    expect(objectKey).toBe(document['xml_object_key']);
    expect(await getInvoice(deps, { id: invoiceId }, FINANCE)).toMatchObject({
      ...{ xmlSha256: document['xml_sha256'], corrects: null, corrections: [], reason: null, documentFinding: null },
    });
  });

  test('are announced together, with what is to be transferred', async () => {
    const [event] = await world.database.query<{ payload: Record<string, unknown> }>(
      `select payload from messaging.event where type = 'billing.invoice-document-ready.v1'`,
    );
    expect(event!.payload).toMatchObject({
      kind: 'invoice',
      corrects: null,
      payableMinor: event!.payload['grossMinor'],
    });
    expect((event!.payload['xml'] as { filename: string }).filename).toBe(`${String(event!.payload['number'])}.xml`);
  });

  (hasPdftotext ? test : test.skip)('H1 list the charges of the lines by order and return', async () => {
    const lines = linesOf(textOf(await store.read((await row(invoiceId))['object_key'] as string)));
    const annex = lines.slice(lines.findIndex((line) => line.startsWith('Anlage zu')));
    expect(annex).toEqual(
      expect.arrayContaining([
        'Kommissionierung und Versand 2 Einträge',
        expect.stringMatching(/^03\.10\.2026 B-\d+ Leistung pack 1 Paket$/),
        expect.stringMatching(/^03\.10\.2026 B-\d+ Leistung pick 7 Stück$/),
        expect.stringMatching(/^05\.10\.2026 B-\d+ Leistung returnParcel 1 Paket$/),
      ]),
    );
  });
});

describe('X6 a document that fails a check', () => {
  test('is parked with the field and the character, and is not announced', async () => {
    const id = (await idOf(TEA))!;
    expect(await getInvoice(deps, { id }, FINANCE)).toMatchObject({
      document: 'parked',
      documentFinding: { code: 'DOCUMENT_GLYPH_MISSING', field: 'buyer.name', character: '茶', codePoint: 'U+8336' },
    });
    expect(
      await world.database.query(`select 1 from messaging.event where type = 'billing.invoice-document-ready.v1'`),
    ).toHaveLength(1);
    await expect(getInvoiceXml(deps, { id }, FINANCE)).rejects.toMatchObject({ code: 404 });
    // its merchant sees that it is not there yet, and nothing of how it failed
    const { merchantId } = await getInvoice(deps, { id }, FINANCE);
    const viewer: Actor = { ...FINANCE, roles: ['merchantViewer'], scope: [merchantId] };
    const seen = { document: 'parked', documentError: null };
    expect(await getInvoice(deps, { id }, viewer)).toMatchObject({ ...seen, documentFinding: null });
    expect((await listInvoices(deps, { limit: 10 }, viewer)).items).toMatchObject([seen]);
    expect((await listInvoices(deps, { limit: 10, merchantId }, FINANCE)).items[0]!.documentError).toContain('U+8336');
  });

  test('is parked with the rules it broke', async () => {
    const id = (await idOf(TEA))!;
    await corrupt(
      world.database,
      `update billing.invoice_document set state = 'pending', finding = null, next_at = now(), model = jsonb_set(model, '{grossMinor}', '1') where invoice_id = '${id}'`,
    );
    await renderNextDocument(deps);
    expect((await getInvoice(deps, { id }, FINANCE)).documentFinding).toEqual({
      code: 'DOCUMENT_INVALID',
      check: 'content',
      findings: [expect.objectContaining({ path: 'grossMinor' })],
    });
  });
});

describe('H4 a released document', () => {
  const columns = `sha256 = repeat('0', 64)|bytes = 1|object_key = 'x'|xml_object_key = 'x'|xml_sha256 = repeat('0', 64)|xml_bytes = 1
    |model_object_key = 'x'|model_sha256 = repeat('0', 64)|renderer_version = 9|checks = '{}'|ready_at = now()|model = '{}'|state = 'pending'|state = 'parked'`;
  test.each(columns.split('|').map((column) => [column.trim()]))(
    'is not changed by the owner of the database: %s',
    (column) =>
      expect(
        world.database.query(`update billing.invoice_document set ${column} where invoice_id = '${invoiceId}'`),
      ).rejects.toThrow('an archived document never changes'),
  );

  test.each(['invoice_document', 'invoice', 'invoice_line', 'invoice_vat'])(
    'is not deleted either: %s',
    async (table) => {
      await expect(world.database.query(`delete from billing.${table}`)).rejects.toThrow(/never/);
      await expect(world.database.query(`truncate billing.${table} cascade`)).rejects.toThrow(/never/);
    },
  );
});

describe('the logo', () => {
  test('is decoded, made a JPEG without anything of the file, and kept by its hash', async () => {
    const { logo, version } = await logoOf('png');
    const { objectKey, contentType } = await getLogo(deps, {}, FINANCE);
    const bytes = await store.read(objectKey);
    expect([contentType, objectKey.includes(logo!.sha256), bytes.subarray(0, 2).toString('hex')]).toEqual([
      ...['image/jpeg', true, 'ffd8'],
    ]);
    expect((await logoOf('png')).version).toBe(version);
  });

  test('that comes again with its key gets its first answer, though the version it named is gone', async () => {
    await removeLogo(deps, {}, FINANCE);
    const { version } = await getIssuer(deps, {}, FINANCE);
    const actor = {
      ...{ ...FINANCE, ifMatch: version },
      idempotency: { key: 'logo', action: 'billing.setIssuerLogo', requestHash: 'same' },
    };
    const first = await logoOf('jpeg', actor);
    expect(first.version).toBe(version + 1);
    expect(await logoOf('jpeg', actor)).toEqual(first);
    await expect(logoOf('jpeg', { ...FINANCE, ifMatch: version })).rejects.toMatchObject({ code: 412 });
  });

  test('what is no picture is refused and changes nothing', async () => {
    const before = (await getLogo(deps, {}, FINANCE)).objectKey;
    await expect(logoOf('gif')).rejects.toMatchObject({ type: 'IMAGE_TYPE_NOT_SUPPORTED' });
    expect((await getLogo(deps, {}, FINANCE)).objectKey).toBe(before);
  });

  test('is taken away', async () => {
    expect((await removeLogo(deps, {}, FINANCE)).logo).toBeNull();
    await expect(getLogo(deps, {}, FINANCE)).rejects.toMatchObject({ code: 404 });
  });
});

describe('The archive', () => {
  const verify = (options: { rendererVersion?: number } = {}) =>
    verifyArchive({ orm: deps.orm, store, renderer: { make: makeDocument }, ...options }, { salt: 'x' });
  const document = async () => (await row(invoiceId)) as unknown as Record<string, string>;
  const file = async (column: string) => path.join(folder, (await document())[column]!);
  /** Does something to the archive, looks at it, and puts it back. */
  const whenFile = async (column: string, harm: (file: string) => void) => {
    const name = await file(column);
    const kept = fs.readFileSync(name);
    fs.chmodSync(name, 0o600);
    harm(name);
    const { differences } = await verify();
    fs.writeFileSync(name, kept);
    return differences.map(({ difference }) => difference);
  };

  test('X5 is proven: every document is made again with the same bytes', async () => {
    expect(await verify()).toMatchObject({ proven: { redrawn: 1, values: 0, files: 0 }, differences: [] });
  });

  test('under a later version text and e-invoice say the values of the content', async () => {
    expect(await verify({ rendererVersion: INVOICE_RENDERER_VERSION + 1 })).toMatchObject({
      proven: { redrawn: 0, values: 1 },
      differences: [],
    });
  });

  const flip = (at: number) => (name: string) => {
    const bytes = fs.readFileSync(name);
    bytes[at] = bytes[at]! ^ 1;
    fs.writeFileSync(name, bytes);
  };
  test.each<[string, string, (name: string) => void, string]>([
    ['a byte of a PDF', 'object_key', flip(5_000), 'PDF is not what was archived: another hash'],
    ['a byte of an e-invoice', 'xml_object_key', flip(500), 'e-invoice is not what was archived: another hash'],
    ['a byte of a content', 'model_object_key', flip(50), 'content is not what was archived: another hash'],
    [
      'a PDF cut off',
      'object_key',
      (name) => fs.truncateSync(name, 100),
      expect.stringContaining('PDF has 100 bytes') as never,
    ],
    ['an e-invoice that is gone', 'xml_object_key', (name) => fs.rmSync(name), 'e-invoice is missing'],
  ])('%s is found', async (_, column, harm, difference) => expect(await whenFile(column, harm)).toEqual([difference]));

  test.each<[string, string, string]>([
    [
      'a hash',
      `update billing.invoice_document set xml_sha256 = repeat('0', 64)`,
      'e-invoice is not what was archived: another hash',
    ],
    ['a size', `update billing.invoice_document set bytes = bytes + 1`, 'archived were'],
    [
      'an amount',
      `update billing.invoice set gross_minor = gross_minor + 1, vat_minor = vat_minor + 1`,
      'content has grossMinor',
    ],
    [
      'the frozen content',
      `update billing.invoice_document set model = jsonb_set(model, '{buyer,name}', '"X"')`,
      'another buyer than was frozen',
    ],
    ['a series', `update billing.number_series set last_number = last_number + 1`, 'was given and no document has it'],
  ])('a row with another %s is found', async (_, statement, difference) => {
    const rows = statement.includes('number_series')
      ? ''
      : ` where ${statement.includes('billing.invoice ') ? 'id' : 'invoice_id'} = '${invoiceId}'`;
    const kept = await snapshot();
    await corrupt(world.database, statement + rows);
    const { differences } = await verify();
    await restore(kept);
    expect(differences.map((found) => found.difference)).toContainEqual(expect.stringContaining(difference));
    expect((await verify()).differences).toEqual([]);
  });

  const first = 'content has 7 at 0.3 per 1 for 210, S 1900: Leistung pick, the row 7 at 0.3 per 1 for 210';
  test.each<[string, string, string, string, string]>([
    [
      'another rate',
      'invoice_line',
      'vat_rate_bp = vat_rate_bp + 1',
      'vat_rate_bp = vat_rate_bp - 1',
      `${first}, S 1901`,
    ],
    [
      'other words',
      'invoice_line',
      `label = label || ' mehr'`,
      `label = replace(label, ' mehr', '')`,
      `${first}, S 1900: Leistung pick mehr`,
    ],
    [
      'another place',
      'invoice_line',
      'position = position + 100',
      'position = position - 100',
      'line 101: content has',
    ],
    [
      ...(['another basis', 'invoice_vat', 'basis_minor = basis_minor + 1', 'basis_minor = basis_minor - 1'] as const),
      'VAT S 1900: content has 104 of 545',
    ],
  ])('a line or VAT with %s is found', async (_, table, harm, mend, difference) => {
    const change = (set: string) =>
      corrupt(world.database, `update billing.${table} set ${set} where invoice_id = '${invoiceId}'`);
    await change(harm);
    const { differences } = await verify();
    await change(mend);
    expect(differences.map((found) => found.difference)).toContainEqual(expect.stringContaining(difference));
    expect((await verify()).differences).toEqual([]);
  });

  test('a sample and a first day limit what is looked at', async () => {
    const looked = async (selection: { since?: string; sample?: number }) => {
      const report = await verifyArchive(
        { orm: deps.orm, store, renderer: { make: makeDocument } },
        { ...selection, salt: 'x' },
      );
      return report.proven.redrawn;
    };
    expect(await looked({ since: '2026-11-02' })).toBe(1);
    expect(await looked({ since: '2026-11-03' })).toBe(0);
    expect(await looked({ sample: 1 })).toBe(1);
  });

  describe('of files that are no invoices', () => {
    const kept = (kind: string) => store.putContent('archive-test', Buffer.from(`bytes of the ${kind}`), 'pdf');
    const insert = {
      dunningLetter: `insert into billing.dunning_letter (id, run_id, merchant_id, number, level, as_of, issue_date, pay_by, language,
          open_minor, claims_minor, total_minor, model, state, object_key, sha256, bytes, ready_at)
        select gen_random_uuid(), gen_random_uuid(), merchant_id, 'M-2026-1', 0, '2026-12-01', '2026-12-01', '2026-12-08', 'de',
          1, 0, 1, '{}', 'ready', $key, $sha256, $bytes, now() from billing.merchant_ref limit 1`,
      collectionFile: `insert into billing.collection_run (id, number, state, collect_until, created_by, created_at, object_key, sha256, bytes)
        values (gen_random_uuid(), 'EINZUG-1', 'discarded', '2026-12-01', 'x', '2026-12-01', $key, $sha256, $bytes)`,
      export: `insert into billing.export (id, issuer_id, kind, period, only_new, made_by, made_by_name, made_at, object_key, sha256, bytes, filename, summary, findings)
        select gen_random_uuid(), id, 'ecSales', '2026-11', false, 'x', 'x', '2026-12-01', $key, $sha256, $bytes, 'ZM_2026-11.csv', '{}', '[]' from billing.issuer`,
    };
    beforeAll(async () => {
      for (const [kind, statement] of Object.entries(insert)) {
        const { key, sha256, bytes } = await kept(kind);
        const values = statement.replace('$key', `'${key}'`).replace('$sha256', `'${sha256}'`);
        await corrupt(world.database, values.replace('$bytes', String(bytes)));
      }
    });

    test('each is counted, read and proven by its hash', async () => {
      expect(await verify()).toMatchObject({
        files: { dunningLetter: 1, collectionFile: 1, export: 1 },
        differences: [],
      });
      const later = verifyArchive(
        { orm: deps.orm, store, renderer: { make: makeDocument } },
        { since: '2026-12-02', sample: 5, salt: 'x' },
      );
      expect((await later).files).toEqual({ dunningLetter: 0, collectionFile: 0, export: 0 });
    });

    test('a row of a letter that says something else than the letter is found', async () => {
      const update = (model: string) =>
        corrupt(world.database, `update billing.dunning_letter set model = '${model}' where number = 'M-2026-1'`);
      const said = { number: 'M-2026-1', issueDate: '2026-12-01', payBy: '2026-12-08', openMinor: 1, totalMinor: 1 };
      await update(JSON.stringify({ ...said, payBy: '2026-12-09' }));
      expect((await verify()).differences).toEqual([
        { number: 'M-2026-1', difference: 'content has payBy 2026-12-09, the row 2026-12-08' },
      ]);
      await update(JSON.stringify(said));
      expect((await verify()).differences).toEqual([]);
    });

    test.each([
      ['dunningLetter', 'M-2026-1'],
      ['collectionFile', 'EINZUG-1'],
      ['export', 'ZM_2026-11.csv'],
    ])('another byte or the loss of a %s is found', async (kind, number) => {
      const { key } = await kept(kind);
      const name = path.join(folder, key);
      const bytes = fs.readFileSync(name);
      fs.chmodSync(name, 0o600);
      flip(3)(name);
      expect((await verify()).differences).toEqual([{ number, difference: 'is not what was archived: another hash' }]);
      fs.rmSync(name);
      expect((await verify()).differences).toEqual([{ number, difference: 'is missing' }]);
      fs.writeFileSync(name, bytes);
    });
  });

  const snapshot = async () => ({
    document: await document(),
    invoice: (
      await world.database.query<Record<string, string>>(
        `select gross_minor, vat_minor from billing.invoice where id = '${invoiceId}'`,
      )
    )[0]!,
    series: await world.database.query<{ last_number: number }>('select last_number from billing.number_series'),
  });
  const restore = async ({ document: kept, invoice, series }: Awaited<ReturnType<typeof snapshot>>) => {
    const model = JSON.stringify(kept['model']).replaceAll("'", "''");
    for (const statement of [
      `update billing.invoice_document set xml_sha256 = '${kept['xml_sha256']}', bytes = ${kept['bytes']}, model = '${model}' where invoice_id = '${invoiceId}'`,
      `update billing.invoice set gross_minor = ${invoice['gross_minor']}, vat_minor = ${invoice['vat_minor']} where id = '${invoiceId}'`,
      `update billing.number_series set last_number = ${series[0]!.last_number}`,
    ])
      await corrupt(world.database, statement);
  };
});
