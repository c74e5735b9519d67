# SPDX-License-Identifier: Apache-2.0
"""A disk that can fail: ext4 in a file. Needs root, loop devices, mounts in a namespace of its own."""
import contextlib
import fcntl
import os
import shutil
import struct
import subprocess
import tempfile

EXT4_SHUTDOWN, WITHOUT_FLUSHING = 0x8004587D, 2


class Disk:
    """An ext4 file system in a file, mounted at `path`: of its own where none is given."""

    def __init__(self, megabytes=48, path=None):
        self.folder = tempfile.mkdtemp(prefix='disk-')
        self.image, self.path = os.path.join(self.folder, 'image'), path or os.path.join(self.folder, 'disk')
        os.makedirs(self.path, exist_ok=True)
        with open(self.image, 'wb') as file:
            file.truncate(megabytes << 20)
        subprocess.run(['mkfs.ext4', '-q', '-F', self.image], check=True, stderr=subprocess.DEVNULL)
        self.mount()

    def mount(self):
        subprocess.run(['mount', '-o', 'loop', self.image, self.path], check=True, capture_output=True)

    def fill(self):
        with contextlib.suppress(OSError), open(os.path.join(self.path, 'others'), 'wb', buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while file.write(b'x' * size):
                        pass
            os.fsync(file.fileno())

    def make_room(self):
        os.unlink(os.path.join(self.path, 'others'))

    def become_read_only(self):
        """As a file system does that has met an error."""
        subprocess.run(['mount', '-o', 'remount,abort', self.path], check=True, capture_output=True)

    def fall_off(self):
        """Every access fails, as of a disk whose cable is out; then nothing is mounted there."""
        fd = os.open(self.path, os.O_RDONLY)
        fcntl.ioctl(fd, EXT4_SHUTDOWN, struct.pack('I', WITHOUT_FLUSHING))
        os.close(fd)
        self.unmount()

    def come_back(self):
        """What lies in the file, as another file: the kernel keeps the failed one for who has files open."""
        self.unmount()
        again = self.image + '+'
        shutil.copy(self.image, again)
        os.unlink(self.image)
        self.image = again
        subprocess.run(['fsck.ext4', '-p', again], capture_output=True, check=False)
        self.mount()

    def unmount(self):
        subprocess.run(['umount', '-l', self.path], capture_output=True, check=False)

    def close(self):
        self.unmount()
        shutil.rmtree(self.folder, True)
