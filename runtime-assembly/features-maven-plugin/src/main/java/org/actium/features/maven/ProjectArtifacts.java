package org.actium.features.maven;

import java.util.stream.Stream;
import org.actium.features.Artifact;
import org.actium.features.BundleId;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Finds bundles as a dependency of the project would be found: in the reactor, then in the repositories. */
final class ProjectArtifacts {

    private final RepositorySystem repositorySystem;
    private final MavenSession session;
    private final MavenProject project;

    ProjectArtifacts(RepositorySystem repositorySystem, MavenSession session, MavenProject project) {
        this.repositorySystem = repositorySystem;
        this.session = session;
        this.project = project;
    }

    /** @throws IllegalArgumentException if no version is pinned for it, or it is nowhere to be found */
    Artifact find(BundleId bundle) {
        String version = version(bundle);
        var wanted = new DefaultArtifact(bundle.groupId(), bundle.artifactId(), "jar", version);
        try {
            var found = repositorySystem.resolveArtifact(
                    session.getRepositorySession(),
                    new ArtifactRequest(wanted, project.getRemoteProjectRepositories(), null));
            return new Artifact(version, found.getArtifact().getFile().toPath());
        } catch (ArtifactResolutionException missing) {
            throw new IllegalArgumentException(missing.getMessage(), missing);
        }
    }

    /** What we build ourselves has the version of the build; everything else is pinned. */
    private String version(BundleId bundle) {
        if (bundle.groupId().equals(project.getGroupId())) {
            return project.getVersion();
        }
        DependencyManagement pinned = project.getDependencyManagement();
        return (pinned == null ? Stream.<Dependency>empty() : pinned.getDependencies().stream())
                .filter(dependency -> dependency.getManagementKey().equals(bundle.id() + ":jar"))
                .map(Dependency::getVersion)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the root pom.xml pins no version of it in dependencyManagement"));
    }
}
