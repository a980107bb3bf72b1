import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';

/** The day it is at the house. */
export const houseToday = (): string => localDateOf(new Date(), HOUSE_ZONE);
