import { expect, test } from '@jest/globals';
import { moment } from '../../../services/notifications/templates/moment.ts';
import { houseMoment } from '../../../web/src/shared/questions/house-moment.ts';

test.each(['2026-10-16T12:30:00.000Z', '2026-09-05T22:15:00.000Z', '2026-12-31T23:05:00.000Z'])(
  'the portal names the deadline %s as the mail does',
  (at) => {
    const plain = (text: string) => text.replaceAll('\u00A0', ' ');
    for (const zone of ['Europe/Berlin', 'Europe/London'])
      for (const language of ['de', 'en'] as const)
        expect(plain(houseMoment(at, zone, language))).toBe(plain(moment(new Date(at), zone, language)));
  },
);
