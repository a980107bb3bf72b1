/** Pages that are opened by a link, without a log-in; their parent is `publicRoute` of app/desk-roots.tsx. */
export const publicRoutes = [] as const;
