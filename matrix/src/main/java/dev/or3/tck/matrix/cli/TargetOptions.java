package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.HttpTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which provider, how it is reached and set up, and how many instances of it run. */
final class TargetOptions {
    private static final int MOST_INSTANCES = 8;

    @Mixin
    private ProviderOptions provider;

    @Option(names = "--url", paramLabel = "URL",
            description = "A provider that runs already, such as http://127.0.0.1:4100; again for further instances over"
                    + " the same storage.")
    private List<String> urls = List.of();

    @Option(names = "--header", paramLabel = "NAME: VALUE", converter = HeaderOption.Converter.class,
            description = "Sent with every request to --url, such as 'authorization: Bearer …'; again for more. From a file"
                    + " with authorization=@FILE, from a variable with authorization=env:VARIABLE. Never written down.")
    private List<HeaderOption> headers = List.of();

    @Option(names = "--command", paramLabel = "CMD",
            description = "A command that serves your provider on 127.0.0.1, at the port in PORT or {port}, with its files"
                    + " in OR3_TCK_DATA or {data}. It is started, restarted and killed by the kit; --set names variables"
                    + " for it.")
    private String command;

    @Option(names = "--host", paramLabel = "FILE",
            description = "A whole host over its public endpoints, and its callers, as the file describes them.")
    private Path host;

    @Mixin
    private ImageOptions image;

    @Option(names = "--instances", paramLabel = "N",
            description = "Instances over the same storage, 1 to " + MOST_INSTANCES + ". Default: 1.")
    private Integer instances;

    @Option(names = "--start-timeout", paramLabel = "TIME", converter = Budget.class, defaultValue = "30s",
            description = "How long the provider may take to start, 30s at most. Default: ${DEFAULT-VALUE}.")
    private Duration startTimeout;

    /** What was chosen, the rest as usual. */
    TargetChoice choice() {
        if (instances != null && (instances < 1 || instances > MOST_INSTANCES)) {
            throw Trouble.usage("--instances " + instances + " is out of range: from 1 to " + MOST_INSTANCES);
        }
        int count = instances == null ? 1 : instances;
        if (urls.isEmpty() && !headers.isEmpty()) {
            throw Trouble.usage("--header is for providers that are reached by --url");
        }
        if (!image.isChosen() && !image.areAbsent()) {
            throw Trouble.usage("--memory, --cpus and --pids are for the containers of an --image");
        }
        long ways = Stream.of(!provider.nameNone(), !urls.isEmpty(), command != null, image.isChosen(), host != null)
                .filter(chosen -> chosen).count();
        if (ways > 1) {
            throw Trouble.usage("choose one of --provider, --url, --command, --image and --host: one provider is"
                    + " certified at a time");
        }
        if (image.isChosen()) {
            return image.choice(provider.settings(), count);
        }
        if (command != null) {
            if (command.isBlank()) {
                throw Trouble.usage("--command is empty: write it like --command \"node bridge.mjs\"");
            }
            return new CommandChoice(command, provider.settings(), count);
        }
        if (host != null) {
            if (instances != null || !provider.areAbsent()) {
                throw Trouble.usage("--instances and --set are for providers that the kit starts, not for a --host");
            }
            return new HostChoice(host);
        }
        if (urls.isEmpty()) {
            return provider.choice(count);
        }
        if (instances != null || !provider.areAbsent()) {
            throw Trouble.usage("--instances and --set are for providers that the kit starts; give --url once for each"
                    + " instance");
        }
        if (urls.size() > MOST_INSTANCES) {
            throw Trouble.usage(urls.size() + " times --url is out of range: up to " + MOST_INSTANCES);
        }
        return new UrlChoice(urls.stream().map(TargetOptions::address).toList(), headers);
    }

    private static URI address(String text) {
        try {
            return UrlChoice.checked(new URI(text.strip()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw Trouble.usage("--url: " + (e instanceof URISyntaxException ? "'" + HttpTarget.shown(text)
                    + "' is no address; write it like "
                    + "http://127.0.0.1:4100" : e.getMessage()), e);
        }
    }

    /** Starts the provider that was chosen. */
    TargetChoice.Running start(Console console) {
        return start(choice(), console);
    }

    /** Starts a provider within the time it may take. */
    TargetChoice.Running start(TargetChoice choice, Console console) {
        return choice.start(console, startTimeout);
    }

    /** What was chosen before, as a file tells it; headers and settings that are given count in place of those. */
    TargetChoice choice(Map<String, String> written) {
        if (!areAbsent()) {
            return choice() instanceof ProviderChoice given ? given.over(written) : choice();
        }
        TargetChoice choice = TargetChoice.fromMap(written);
        return choice instanceof UrlChoice url ? url.with(headers) : choice;
    }

    boolean areAbsent() {
        return provider.areAbsent() && urls.isEmpty() && command == null && host == null && image.areAbsent()
                && instances == null;
    }
}
