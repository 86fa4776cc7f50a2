/* A disk whose sync takes TORG_TEST_SYNC_MS milliseconds: preloaded in front of the C library. The sleep
   stands for the whole sync, so that the figure does not depend on the disk of the machine. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <time.h>

static int slow(void) {
  static long ms = -1;
  if (ms < 0) {
    const char *text = getenv("TORG_TEST_SYNC_MS");
    ms = text ? atol(text) : 5;
  }
  struct timespec left = {ms / 1000, (ms % 1000) * 1000000L};
  while (nanosleep(&left, &left) != 0) {
  }
  return 0;
}

int fsync(int file) { (void)file; return slow(); }
int fdatasync(int file) { (void)file; return slow(); }
