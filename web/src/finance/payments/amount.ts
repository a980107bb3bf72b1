export { decimalOf } from '../../shared/typed-figure.ts';
