export { Facts } from '../../shared/facts.tsx';
