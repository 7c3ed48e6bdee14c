package org.actium.simulation.disk;

import java.io.IOException;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** The model is held to what a real file system does. */
public class FolderDiskTest extends DiskContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    protected Disk emptyDisk() throws IOException {
        return new FolderDisk(folder.newFolder().toPath());
    }
}
