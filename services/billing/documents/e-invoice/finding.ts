/** Something in an electronic invoice that must not be. */
export interface Finding {
  /** The rule as the norm names it, e.g. `BR-CO-10`; `XSD` for the schema, `XML` where nothing can be read. */
  rule: string;
  message: string;
  /** Where in the document, by names of elements; those that repeat are counted from 1. */
  path: string;
}
