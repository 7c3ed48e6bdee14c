package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.List;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Arguments that stand in one value. */
final class CommandWords {

    private CommandWords() {}

    /**
     * At white space outside quotes; the quotes go. As the original ran one command line, one value may hold many
     * options.
     */
    static List<String> split(XmlElement parameter, Problems problems) {
        var options = new ArrayList<String>();
        var option = new StringBuilder();
        boolean inOption = false;
        char quote = 0;
        for (char c : parameter.attribute("value").orElse("").toCharArray()) {
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                inOption = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inOption) {
                    options.add(option.toString());
                }
                option.setLength(0);
                inOption = false;
            } else {
                option.append(c);
                inOption = true;
            }
        }
        if (quote != 0) {
            problems.report(
                    parameter.at(),
                    "'" + Spelling.shortened(parameter.attribute("value").orElse("")) + "' lacks its closing " + quote);
        }
        if (inOption) {
            options.add(option.toString());
        }
        return options;
    }
}
