/** Pages that are opened by a link, without a log-in. */
export const publicPages = {
  link: { title: 'Link', invalid: 'Dieser Link ist ungültig oder abgelaufen.' },
} as const;
