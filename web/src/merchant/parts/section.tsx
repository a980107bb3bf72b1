export { Section, type SectionProps, type SectionQuery } from '../../shared/section.tsx';
