package dev.or3.tck.suites.run;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Mortal;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.Secrets;

/** What came back, where something was thrown. */
final class Faults {
    private static final int LONGEST_MESSAGE = 1000;

    private Faults() {
    }

    static Outcome outcome(Throwable thrown) {
        if (thrown == null) {
            return Outcome.OK;
        }
        if (isLost(thrown)) {
            return Outcome.LOST;
        }
        return isRefusal(thrown) ? Outcome.REFUSED : Outcome.FAILED;
    }

    /** In words that give away no secret of the target. */
    static Event.Fault fault(Throwable thrown, Secrets secrets) {
        Event.Fault told = fault(thrown);
        return told == null ? null : new Event.Fault(told.status(), secrets.hide(told.code()), secrets.hide(told.message()));
    }

    private static Event.Fault fault(Throwable thrown) {
        if (thrown == null) {
            return null;
        }
        if (thrown instanceof LostAnswerException lost) {
            return new Event.Fault(0, lost.code(), message(thrown));
        }
        if (thrown instanceof Mortal.DeathException) {
            return new Event.Fault(0, "KILLED", message(thrown));
        }
        if (thrown instanceof Request.GarbageException) {
            return new Event.Fault(500, "GARBAGE", message(thrown));
        }
        if (thrown instanceof ProviderException told && told.status() >= 400 && told.status() <= 599) {
            return new Event.Fault(told.status(), told.code(), message(told));
        }
        return new Event.Fault(500, thrown.getClass().getSimpleName(), message(thrown));
    }

    private static boolean isLost(Throwable thrown) {
        return thrown instanceof LostAnswerException || thrown instanceof Mortal.DeathException;
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof ProviderException told && told.status() >= 400 && told.status() <= 499;
    }

    private static String message(Throwable thrown) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException evenThat) {
            message = null;
        }
        return message == null || message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
