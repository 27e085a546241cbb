package dev.or3.tck.matrix.cli;

import dev.or3.tck.reports.ReportException;
import dev.or3.tck.suites.connect.Secrets;
import dev.or3.tck.suites.connect.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: its commands, the options of all, and how trouble is told. */
@Command(name = "or3-tck", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Certifies backend providers of a local-first app.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 certified, 1 a must rule failed, 2 wrong usage or configuration,",
                  "3 provider unreachable or the kit failed, 4 inconclusive.",
                  "", "Start with:  or3-tck certify"})
final class Or3Tck implements Runnable {
    private static final String URL = "--url";
    private static final String HEADER = "--header";

    private final Console console;

    @Option(names = "--color", paramLabel = "WHEN", scope = ScopeType.INHERIT, defaultValue = "auto",
            description = "Colours: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Console.Colour colour;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Tell more; show stack traces.")
    private boolean verbose;

    private Or3Tck(Console console) {
        this.console = console;
    }

    /** Runs one command and returns its exit code. Throws nothing. */
    static int run(Console console, String... arguments) {
        console.hide(secrets(console, arguments));
        return commandLine(console).execute(arguments);
    }

    /** Before anything is understood, for already a complaint about the arguments may repeat one. */
    private static Secrets secrets(Console console, String... arguments) {
        Secrets secrets = Secrets.of(console.environment());
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            secrets = secrets.and(Secrets.inCommand(argument)).and(Secrets.of(setting(argument)));
            if (argument.startsWith(URL) || i > 0 && arguments[i - 1].equals(URL)) {
                secrets = secrets.and(Secrets.inAddress(argument.startsWith(URL + "=")
                        ? argument.substring(URL.length() + 1) : argument));
            }
            if (argument.startsWith(HEADER) || i > 0 && arguments[i - 1].equals(HEADER)) {
                secrets = secrets.and(Secrets.inHeader(argument));
            } else if (i > 1 && arguments[i - 2].equals(HEADER) && arguments[i - 1].endsWith(":")) {
                // Whoever forgets the quotes gives the value as a word of its own.
                secrets = secrets.and(Secrets.inHeader(argument));
            }
        }
        return secrets;
    }

    private static Map<String, String> setting(String argument) {
        String[] parts = argument.replaceFirst("^--set=", "").split("[=:]", 2);
        return parts.length == 2 ? Map.of(parts[0], parts[1]) : Map.of();
    }

    static CommandLine commandLine(Console console) {
        Or3Tck root = new Or3Tck(console);
        CommandLine commandLine = new CommandLine(root);
        List.of(new CertifyCommand(console), new DoctorCommand(console), new ReplayCommand(console),
                new CheckCommand(console), new ExplainCommand(console), new RulesCommand(console),
                new BenchCommand(console), new ServeCommand(console), new GuardCommand(console),
                new PackageCheckCommand(console)).forEach(commandLine::addSubcommand);
        commandLine.addSubcommand(new AutoComplete.GenerateCompletion());
        commandLine.addSubcommand(new CommandLine.HelpCommand());
        commandLine.setOut(console.out()).setErr(console.err());
        commandLine.setUsageHelpWidth(Math.min(console.width(), 120));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionStrategy(root::execute);
        commandLine.setParameterExceptionHandler(root.usageErrors());
        commandLine.setExecutionExceptionHandler(root.failures());
        return commandLine;
    }

    /** Without a command, the help is the best answer; but nothing was done. */
    @Override
    public void run() {
        throw Trouble.usage("a command is missing: try 'or3-tck certify', or 'or3-tck --help' for all of them");
    }

    private int execute(ParseResult parsed) {
        console.configure(colour, verbose);
        parsed.commandSpec().commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.coloursOut() ? Ansi.ON : Ansi.OFF));
        return new CommandLine.RunLast().execute(parsed);
    }

    private IParameterExceptionHandler usageErrors() {
        return (exception, arguments) -> {
            console.configure(Console.Colour.auto, List.of(arguments).contains("--verbose"));
            String command = exception.getCommandLine().getCommandSpec().qualifiedName();
            console.complain(usageError(exception) + " See '" + command + " --help'.", exception);
            return ExitCode.USAGE;
        };
    }

    private static String usageError(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            String given = unmatched.getUnmatched().get(0);
            String kind = unmatched.isUnknownOption() ? "option" : "argument";
            return asSentence("unknown " + kind + " '" + given + "'"
                    + Nearest.hint(given, names(unmatched.getCommandLine())));
        }
        return asSentence(exception.getMessage());
    }

    private static List<String> names(CommandLine commandLine) {
        List<String> names = new ArrayList<>(commandLine.getCommandSpec().optionsMap().keySet());
        names.addAll(commandLine.getSubcommands().keySet());
        return names;
    }

    private static String asSentence(String message) {
        String text = message.strip();
        return Character.toLowerCase(text.charAt(0)) + text.substring(1) + (text.endsWith("?") ? "" : ".");
    }

    private IExecutionExceptionHandler failures() {
        return (exception, commandLine, parsed) -> {
            if (exception instanceof Trouble trouble) {
                console.complain(trouble.getMessage(), trouble);
                return trouble.exitCode();
            }
            if (exception instanceof ReportException) {
                console.complain(exception.getMessage(), exception);
                return ExitCode.USAGE;
            }
            if (exception instanceof UnreachableException) {
                console.complain("the provider cannot be reached: " + exception.getMessage(), exception);
                return ExitCode.UNREACHABLE;
            }
            String hint = console.verbose() ? "" : "; run it again with --verbose for the stack trace";
            console.complain("the kit failed: " + exception + hint, exception);
            return ExitCode.UNREACHABLE;
        };
    }
}
