package org.actium.deployment.descriptor.command;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.descriptor.grammar.GrammarCheck;

/**
 * The commands without a container, for the script {@code actium}: a container takes longer to start than these take.
 * Ends with {@value #NEEDS_CONTAINER} where a bundle may know an element that this one does not, or what is asked for may
 * be a deployment.
 */
public final class Main {

    /** Exit code: try again with a container. */
    static final int NEEDS_CONTAINER = 75;

    private Main() {}

    /** @param arguments the command and what is for it */
    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int result = run(arguments, out, err);
        out.flush();
        System.exit(result);
    }

    /** Writes nothing if a container is needed. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        var written = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        int result = run(arguments, written, complained);
        String said = written.toString(StandardCharsets.UTF_8) + complained.toString(StandardCharsets.UTF_8);
        if (said.contains(GrammarCheck.UNREAD) || said.contains(ExplainCommand.NO_ELEMENT)) {
            return NEEDS_CONTAINER;
        }
        out.writeBytes(written.toByteArray());
        err.writeBytes(complained.toByteArray());
        return result;
    }

    private static int run(String[] arguments, ByteArrayOutputStream written, ByteArrayOutputStream complained) {
        var out = new PrintStream(written, false, StandardCharsets.UTF_8);
        var err = new PrintStream(complained, true, StandardCharsets.UTF_8);
        var reader = new XmlDescriptorReader(List.of(), System::getProperty);
        ToIntFunction<String[]> command = switch (arguments.length == 0 ? "" : arguments[0]) {
            case "validate" -> new ValidateCommand(reader, out, err);
            case "convert" -> new ConvertCommand(reader, out, err);
            case "explain" -> new ExplainCommand(reader, reader, out, err);
            default -> null;
        };
        if (command == null) {
            err.println("actium: wants validate, convert or explain");
            return DescriptorCommand.USAGE;
        }
        return command.applyAsInt(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
