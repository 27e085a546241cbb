package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.ContainerTarget.Resources;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which image, and what its containers may use. */
final class ImageOptions {
    private static final long SMALLEST_MEMORY = 16L << 20;
    private static final double FEWEST_CPUS = 0.05;
    private static final int FEWEST_PIDS = 8;

    @Option(names = "--image", paramLabel = "NAME",
            description = "A container image on this machine that serves your provider on all addresses, at the port in"
                    + " PORT, with its files in OR3_TCK_DATA. It is started, restarted and killed by the kit; --set names"
                    + " variables for it.")
    private String image;

    @Option(names = "--memory", paramLabel = "SIZE", converter = Size.class,
            description = "What each container may use, such as 512m or 2g. Default: 1g.")
    private Long memory;

    @Option(names = "--cpus", paramLabel = "N", description = "Processors that each container may use. Default: 2.")
    private Double cpus;

    @Option(names = "--pids", paramLabel = "N",
            description = "Processes and threads that each container may have. Default: 1024.")
    private Integer pids;

    boolean isChosen() {
        return image != null;
    }

    boolean areAbsent() {
        return image == null && memory == null && cpus == null && pids == null;
    }

    ImageChoice choice(Map<String, String> settings, int instances) {
        if (image.isBlank()) {
            throw Trouble.usage("--image is empty: write it like --image my-provider:latest");
        }
        if (cpus != null && !(cpus >= FEWEST_CPUS && cpus <= Short.MAX_VALUE)) {
            throw Trouble.usage("--cpus " + cpus + " is out of range: from " + FEWEST_CPUS + " on");
        }
        if (pids != null && pids < FEWEST_PIDS) {
            throw Trouble.usage("--pids " + pids + " is out of range: from " + FEWEST_PIDS + " on");
        }
        Resources usual = Resources.USUAL;
        return new ImageChoice(image.strip(), settings, new Resources(memory == null ? usual.memoryBytes() : memory,
                cpus == null ? usual.cpus() : cpus, pids == null ? usual.pids() : pids), instances);
    }

    /** Reads sizes as people write them: {@code 512m}, {@code 2g}. */
    private static final class Size implements ITypeConverter<Long> {
        private static final Pattern SHAPE = Pattern.compile("(\\d{1,7})([mMgG])[bB]?");

        @Override
        public Long convert(String text) {
            Matcher parts = SHAPE.matcher(text.strip());
            if (!parts.matches()) {
                throw new TypeConversionException("'" + text + "' is no size: write it like 512m or 2g");
            }
            long bytes = Long.parseLong(parts.group(1)) << (parts.group(2).equalsIgnoreCase("m") ? 20 : 30);
            if (bytes < SMALLEST_MEMORY) {
                throw new TypeConversionException("'" + text + "' is out of range: from 16m on");
            }
            return bytes;
        }
    }
}
