/** The countries of the data set as the profile documents them (docs/import-profiles.md), written down a second time. */
export const COUNTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  `AE United Arab Emirates|AT Austria|AU Australia|BE Belgium|BH Bahrain|BR Brazil|CA Canada|CH Switzerland|CY Cyprus
CZ Czech Republic|DE Germany|DK Denmark|ES Spain|EU European Community|FI Finland|FR France|GB United Kingdom|GR Greece
HK Hong Kong|IE EIRE|IL Israel|IS Iceland|IT Italy|JE Channel Islands|JP Japan|LB Lebanon|LT Lithuania|MT Malta
NL Netherlands|NO Norway|PL Poland|PT Portugal|SA Saudi Arabia|SE Sweden|SG Singapore|US USA|ZA RSA|ZZ Unspecified`
    .split(/[|\n]/)
    .map((entry) => [entry.slice(3), entry.slice(0, 2)]),
);
