package dev.or3.tck.suites.certify;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.result.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What this kit is, and what it runs on. */
public final class Kit {
    private static final String VERSION = loadVersion();

    private Kit() {
    }

    public static String version() {
        return VERSION;
    }

    static Report.Kit asReported() {
        return new Report.Kit(VERSION, Integer.toString(Catalogue.current().version()));
    }

    /** Machine and runtime, in words. */
    static Map<String, String> environment() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        facts.put("processors", Integer.toString(runtime.availableProcessors()));
        facts.put("heap", runtime.maxMemory() / (1024 * 1024) + " MiB at most");
        return facts;
    }

    private static String loadVersion() {
        try (InputStream file = Kit.class.getResourceAsStream("kit.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("kit.properties cannot be read", e);
        }
    }
}
