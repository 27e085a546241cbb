package dev.or3.tck.matrix.host;

import java.util.List;

/** The host does not start as it is configured. The message names what is to be corrected, line by line. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
    }

    ConfigurationException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
