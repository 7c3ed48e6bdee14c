package org.actium.deployment.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ShellWordsTest {

    private static final String EVIL = "'\"\\$`!;&|<>(){}[]*?~#\n\t =,%^-";

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Test
    public void plainWordsStayAsTheyAre() {
        assertThat(ShellWords.line(List.of("ssh", "-o", "BatchMode=yes", "ann@node-7.site", "/usr/bin/java")))
                .isEqualTo("ssh -o BatchMode=yes ann@node-7.site /usr/bin/java");
    }

    @Test
    public void everythingElseIsQuoted() {
        assertThat(ShellWords.line(List.of("", "a b", "it's", "$(reboot)", "~", "#x", "a\nb")))
                .isEqualTo("'' 'a b' 'it'\\''s' '$(reboot)' '~' '#x' 'a\nb'");
        assertThatThrownBy(() -> ShellWords.quoted("a\0b")).hasMessageContaining("the character 0");
    }

    @Test
    public void aShellTakesALineApartIntoTheSameWords() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        List<String> words = new ArrayList<>(List.of("", "-n", "a  b", "\n", "it's \"quoted\"", "é λ", EVIL));
        for (int i = 0; i < 200; i++) {
            var word = new StringBuilder();
            for (int k = random.nextInt(8); k >= 0; k--) {
                word.append(EVIL.charAt(random.nextInt(EVIL.length())));
            }
            words.add(word.toString());
        }

        assertThat(printed(ShellWords.line(words), words.size())).isEqualTo(words);
    }

    @Test
    public void eachHopTakesOffOneLayerOfQuotes() throws Exception {
        List<String> words = List.of("a 'b' \"c\"", "$HOME", EVIL, "");
        String inner = ShellWords.line(printf(words));
        String outer = ShellWords.line(List.of("sh", "-c", ShellWords.line(List.of("sh", "-c", inner))));

        assertThat(shell(outer)).isEqualTo(String.join("\0", words) + "\0");
    }

    private static List<String> printed(String line, int words) throws Exception {
        List<String> parts = List.of(shell("printf '%s\\0' " + line).split("\0", -1));
        return parts.subList(0, words);
    }

    private static List<String> printf(List<String> words) {
        var command = new ArrayList<>(List.of("printf", "%s\\0"));
        command.addAll(words);
        return command;
    }

    private static String shell(String line) throws Exception {
        Process shell = new SystemProcesses().start(List.of("sh", "-c", line));
        shell.getOutputStream().close();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(out).isZero();
        return out;
    }
}
