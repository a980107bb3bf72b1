import { Box, Center, Loader } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '../../shared/error-state.tsx';

export function RoutePending() {
  return (
    <Center mih="50vh">
      <Loader type="dots" role="status" aria-label="…" />
    </Center>
  );
}

/** Whatever a page throws ends here, so that the navigation stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Box p="lg" maw={640} mx="auto">
      <ErrorState error={error} onRetry={again} />
    </Box>
  );
}
