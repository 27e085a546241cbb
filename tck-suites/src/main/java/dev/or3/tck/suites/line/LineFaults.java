package dev.or3.tck.suites.line;

import java.util.SplittableRandom;

/**
 * How often the line does what to a call, each in per cent of the calls; what is left of a hundred passes.
 *
 * @param answerDropped see {@link LineFault#ANSWER_DROPPED}
 * @param cutBefore     see {@link LineFault#CUT_BEFORE}
 * @param cutInRequest  see {@link LineFault#CUT_IN_REQUEST}
 * @param cutInAnswer   see {@link LineFault#CUT_IN_ANSWER}
 * @param delayed       see {@link LineFault#DELAYED}
 * @param duplicated    see {@link LineFault#DUPLICATED}
 */
public record LineFaults(int answerDropped, int cutBefore, int cutInRequest, int cutInAnswer, int delayed, int duplicated) {
    /** Nothing happens. */
    public static final LineFaults CALM = new LineFaults(0, 0, 0, 0, 0, 0);

    private static final int HUNDRED = 100;
    private static final long CLIENT = 0x9E3779B97F4A7C15L;
    private static final long CALL = 0xC2B2AE3D27D4EB4FL;

    public LineFaults {
        int least = Math.min(Math.min(Math.min(answerDropped, cutBefore), Math.min(cutInRequest, cutInAnswer)),
                Math.min(delayed, duplicated));
        int sum = answerDropped + cutBefore + cutInRequest + cutInAnswer + delayed + duplicated;
        if (least < 0 || sum > HUNDRED) {
            throw new IllegalArgumentException("the chances of line faults are per cent, and together 100 at most");
        }
    }

    /** The same thing happens to every call. */
    public static LineFaults always(LineFault fault) {
        return new LineFaults(every(fault, LineFault.ANSWER_DROPPED), every(fault, LineFault.CUT_BEFORE),
                every(fault, LineFault.CUT_IN_REQUEST), every(fault, LineFault.CUT_IN_ANSWER),
                every(fault, LineFault.DELAYED), every(fault, LineFault.DUPLICATED));
    }

    private static int every(LineFault wanted, LineFault fault) {
        return wanted == fault ? HUNDRED : 0;
    }

    /** Whether anything can happen. */
    public boolean disturb() {
        return !equals(CALM);
    }

    /**
     * What happens to a call: a function of the seed, of who makes it, and of how many calls they made before it. Threads
     * that take turns otherwise change nothing.
     *
     * @param call the number of the call among those of its client
     */
    public LineFault of(long seed, int client, int call) {
        // Raw bits only: how the JDK makes ranges of them may change between versions.
        long bits = new SplittableRandom(seed + CLIENT * (client + 1) + CALL * (call + 1)).nextLong();
        int left = (int) ((bits >>> 1) % HUNDRED);
        int[] chances = {answerDropped, cutBefore, cutInRequest, cutInAnswer, delayed, duplicated};
        LineFault[] faults = {LineFault.ANSWER_DROPPED, LineFault.CUT_BEFORE, LineFault.CUT_IN_REQUEST,
            LineFault.CUT_IN_ANSWER, LineFault.DELAYED, LineFault.DUPLICATED};
        for (int i = 0; i < chances.length; i++) {
            left -= chances[i];
            if (left < 0) {
                return faults[i];
            }
        }
        return LineFault.NONE;
    }
}
