package dev.or3.tck.suites.plan;

/** Where the values of generated payloads come from. All are JSON texts; equal dice give equal values. */
interface Values {

    /** A string, with its quotes: unicode of every plane, control characters, long ones, near-empty ones. */
    String text(Dice dice);

    /** A number that survives a double: integers to 2^53 - 1, decimals of up to 15 digits. */
    String number(Dice dice);

    /** Any value, nested. */
    String any(Dice dice);

    /** The name of an extra field, with its quotes; never that of a field which a schema has. */
    String name(Dice dice);
}
