package org.actium.deployment.descriptor.command;

import java.io.PrintStream;
import java.util.function.ToIntFunction;
import org.actium.deployment.descriptor.command.Arguments.WrongUsage;
import org.actium.deployment.model.DescriptorException;

/** What the commands have in common: where they write, and what they tell the shell. */
abstract sealed class DescriptorCommand implements ToIntFunction<String[]>
        permits ValidateCommand, ConvertCommand, ExplainCommand {

    static final int OK = 0;

    /** The descriptor is wrong. */
    static final int INVALID = 1;

    /** The command is. */
    static final int USAGE = 2;

    private final String name;
    private final String usage;
    private final PrintStream out;
    private final PrintStream err;

    DescriptorCommand(String name, String usage, PrintStream out, PrintStream err) {
        this.name = name;
        this.usage = usage;
        this.out = out;
        this.err = err;
    }

    @Override
    public final int applyAsInt(String[] typed) {
        try {
            Arguments arguments = Arguments.parse(typed);
            if (arguments.help()) {
                out.print(usage);
                return OK;
            }
            return run(arguments, out);
        } catch (WrongUsage wrong) {
            err.println("actium " + name + ": " + wrong.getMessage());
            return USAGE;
        } catch (DescriptorException wrong) {
            wrong.problems().forEach(err::println);
            return INVALID;
        } finally {
            out.flush();
        }
    }

    abstract int run(Arguments arguments, PrintStream out);
}
