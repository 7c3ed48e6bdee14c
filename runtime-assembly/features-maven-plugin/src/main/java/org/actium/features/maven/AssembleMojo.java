package org.actium.features.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.actium.features.Assembler;
import org.actium.features.FeatureException;
import org.actium.features.FeatureSet;
import org.actium.features.Mirror;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;

/**
 * Assembles a distribution: the bundles of the features, the runtime dependencies of the project as {@code lib}, and
 * checks that each assembly resolves by having the launcher just copied try it.
 */
@Mojo(
        name = "assemble",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class AssembleMojo extends AbstractMojo {

    /** Directory with a JSON file for each feature. */
    @Parameter(required = true)
    private File features;

    /** Name of each assembly, and the features it is composed from, separated by commas. */
    @Parameter(required = true)
    private Map<String, String> assemblies;

    /** Features whose bundles are applications, installed on demand. */
    @Parameter
    private List<String> applications = new ArrayList<>();

    /** The pom whose modules must each be in a feature. */
    @Parameter(required = true)
    private File bundles;

    /** Modules of that pom that belong to no container. */
    @Parameter
    private List<String> notInstalled = new ArrayList<>();

    /** The directory of the distribution. */
    @Parameter(required = true)
    private File home;

    /** Touched at the end with the time at which the build began: what is newer was not built. */
    @Parameter(required = true)
    private File stamp;

    @Parameter(defaultValue = "${project}", readonly = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    private MavenSession session;

    private final RepositorySystem repositorySystem;

    @Inject
    public AssembleMojo(RepositorySystem repositorySystem) {
        this.repositorySystem = repositorySystem;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            FeatureSet set = FeatureSet.read(features.toPath());
            refuseForgotten(set);
            var mirror = new Mirror(home.toPath());
            var artifacts = new ProjectArtifacts(repositorySystem, session, project);
            new Assembler(set, artifacts::find).assemble(featuresOfAssemblies(), applications, mirror);
            copyLibraries(mirror);
            String digest = HexFormat.of().formatHex(Contents.digest(home.toPath(), mirror.files()));
            mirror.text(Path.of("build.properties"), "version=" + project.getVersion() + "\ncontents=" + digest + "\n");
            mirror.deleteStrays();
            checkThatAssembliesResolve();
            Files.writeString(stamp.toPath(), "");
            Files.setLastModifiedTime(
                    stamp.toPath(), FileTime.from(session.getStartTime().toInstant()));
        } catch (FeatureException inconsistent) {
            throw new MojoFailureException(inconsistent.getMessage(), inconsistent);
        } catch (IOException failed) {
            throw new MojoExecutionException("assembling '" + home + "': " + failed, failed);
        }
    }

    private void refuseForgotten(FeatureSet set) throws IOException {
        var modules = new ArrayList<>(Modules.of(bundles.toPath()));
        modules.removeAll(notInstalled);
        var forgotten = set.unnamed(modules);
        if (!forgotten.isEmpty()) {
            throw new FeatureException(forgotten);
        }
    }

    private Map<String, List<String>> featuresOfAssemblies() {
        var split = new LinkedHashMap<String, List<String>>();
        assemblies.forEach((name, names) -> split.put(
                name, Arrays.stream(names.split(",")).map(String::strip).toList()));
        return split;
    }

    private void copyLibraries(Mirror mirror) throws IOException {
        for (Artifact library : project.getArtifacts()) {
            mirror.copy(library.getFile().toPath(), Path.of("lib", fileName(library)));
        }
    }

    /** Ours without a version, because scripts and parents of containers name it; others as they are known. */
    private String fileName(Artifact library) {
        boolean ours = library.getGroupId().equals(project.getGroupId());
        return library.getArtifactId() + (ours ? "" : "-" + library.getVersion()) + ".jar";
    }

    private void checkThatAssembliesResolve() throws MojoExecutionException, MojoFailureException {
        for (String assembly : assemblies.keySet()) {
            new ResolutionCheck(home.toPath()).run(assembly);
        }
    }
}
