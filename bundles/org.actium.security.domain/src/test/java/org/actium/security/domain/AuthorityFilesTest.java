package org.actium.security.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AuthorityFilesTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Random random = new Random(1);
    private Path directory;

    @Before
    public void choose() {
        directory = folder.getRoot().toPath().resolve("domain");
    }

    private Authority load(Instant now) throws IOException {
        return new AuthorityFiles(directory).load(now, Duration.ofDays(1), random);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    public void theFirstStartFoundsADomainAndLaterOnesFindIt() throws Exception {
        Authority founded = load(NOW);
        Authority found = load(NOW.plus(Duration.ofDays(100)));
        assertThat(found.certificate()).isEqualTo(founded.certificate());
        assertThat(found.key()).isEqualTo(founded.key());
    }

    @Test
    public void nobodyButTheOwnerReadsTheFiles() throws Exception {
        load(NOW);
        assertThat(mode(directory)).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("authority.key"))).isEqualTo("rw-------");
        assertThat(mode(directory.resolve("authority.pem"))).isEqualTo("rw-------");
    }

    @Test
    public void whoWasExpelledIsKnownAfterARestart() throws Exception {
        Authority founded = load(NOW);
        RuntimeId member = new RuntimeId(1, 2);
        new AuthorityFiles(directory).store(founded.expel(member, NOW));

        assertThat(mode(directory.resolve("expelled.pem"))).isEqualTo("rw-------");
        assertThat(load(NOW).expulsions()).isEqualTo(founded.expulsions());
        assertThat(load(NOW).expulsions().obstacle(member)).isPresent();
    }

    @Test
    public void theIdentityOfALivingMemberIsNotGivenAwayAfterARestart() throws Exception {
        RuntimeId member = new RuntimeId(-3, 4);
        KeyPair keys = Keys.generate();
        byte[] request = CertificateRequest.first(keys, member);
        load(NOW).certify(member, request, NOW);

        assertThat(mode(directory.resolve("certified"))).isEqualTo("rw-------");
        Authority again = load(NOW.plusSeconds(1));
        byte[] other = CertificateRequest.first(Keys.generate(), member);
        assertThatThrownBy(() -> again.certify(member, other, NOW.plusSeconds(1)))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("has a certificate already");
        again.certify(member, request, NOW.plusSeconds(2)); // whoever has its key may ask again

        Instant expired = NOW.plus(Duration.ofDays(1)).plusSeconds(10);
        load(expired).certify(member, other, expired);
        assertThat(Files.readAllLines(directory.resolve("certified"))).hasSize(1);
    }

    @Test
    public void aLineThatWasCutOffIsForgottenAndOneThatIsDamagedIsNamed() throws Exception {
        load(NOW).certify(new RuntimeId(1, 2), CertificateRequest.first(Keys.generate(), new RuntimeId(1, 2)), NOW);
        Path certified = directory.resolve("certified");
        String whole = Files.readString(certified);
        Files.writeString(certified, whole + whole.substring(0, 40));
        load(NOW);
        assertThat(certified).hasContent(whole);

        Files.writeString(certified, "what is this\n" + whole);
        assertThatThrownBy(() -> load(NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has a line that makes no sense: 'what is this'");
    }

    @Test
    public void nobodyIsCertifiedOfWhomItCannotBeKept() throws Exception {
        Authority authority = load(NOW);
        Files.delete(directory.resolve("certified"));
        RuntimeId member = new RuntimeId(1, 2);
        byte[] request = CertificateRequest.first(Keys.generate(), member);
        assertThatThrownBy(() -> authority.certify(member, request, NOW))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("gets no certificate, because the authority cannot keep who has it");
    }

    @Test
    public void aListOfExpelledMembersThatTheAuthorityHasNotSignedIsRefused() throws Exception {
        load(NOW);
        Authority other = Authority.found(NOW, Duration.ofDays(1), random);
        new AuthorityFiles(directory).store(other.expel(new RuntimeId(1, 2), NOW));
        assertThatThrownBy(() -> load(NOW)).isInstanceOf(IOException.class).hasMessageContaining("has not signed");
    }

    @Test
    public void aKeyThatOthersMayReadIsRefused() throws Exception {
        load(NOW);
        Path key = directory.resolve("authority.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> load(NOW))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("'" + key + "' has the mode rw-r-----, so others may have read it");
    }

    @Test
    public void halfAnAuthorityIsNotReplacedByANewOne() throws Exception {
        load(NOW);
        Files.delete(directory.resolve("authority.key"));
        assertThatThrownBy(() -> load(NOW)).hasMessageContaining("lacks 'authority.key'; bring it back");
    }

    @Test
    public void filesThatDoNotBelongTogetherAreRefused() throws Exception {
        load(NOW);
        Path other = folder.getRoot().toPath().resolve("other");
        new AuthorityFiles(other).load(NOW, Duration.ofDays(1), random);
        Files.copy(
                other.resolve("authority.pem"),
                directory.resolve("authority.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> load(NOW)).hasMessageContaining("is not the key of");
    }

    @Test
    public void garbageIsNamed() throws Exception {
        load(NOW);
        Files.writeString(
                directory.resolve("authority.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> load(NOW)).hasMessageContaining("the authority in '" + directory + "' is damaged");
    }

    @Test
    public void anExpiredAuthorityIsRefused() throws Exception {
        load(NOW);
        assertThatThrownBy(() -> load(NOW.plus(Duration.ofDays(4000)))).hasMessageContaining("to found a new domain");
    }
}
