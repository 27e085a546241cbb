package dev.or3.tck.suites.run;

/** The kinds of frames in a history file, in the order of their numbers and of their places. */
enum Frame { HEADER, OPERATIONS, EVENTS, FOOTER }
