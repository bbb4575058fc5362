#define _DEFAULT_SOURCE
#include "CMemory.h"

#include <unistd.h>

size_t slt_page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

#ifdef __linux__
#include <fcntl.h>
#include <sys/mman.h>

static int digit_of(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
}

int slt_mapped_ranges(slt_range *ranges, int capacity) {
  int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  // A line begins `start-end `, in hexadecimal; what follows is of no interest here.
  enum { START, END, REST } part = START;
  slt_range range = {0, 0}, last = {0, 0};
  int count = 0;
  char text[4096];
  ssize_t length;
  while ((length = read(file, text, sizeof text)) > 0) {
    for (ssize_t i = 0; i < length; i++) {
      int digit = digit_of(text[i]);
      if (text[i] == '\n') {
        part = START;
        range = (slt_range){0, 0};
      } else if (part == START) {
        if (digit < 0) part = END; else range.start = range.start << 4 | (uintptr_t)digit;
      } else if (part == END && digit >= 0) {
        range.end = range.end << 4 | (uintptr_t)digit;
      } else if (part == END) {
        part = REST;
        bool touches = count > 0 && range.start == last.end;
        last = (slt_range){touches ? last.start : range.start, range.end};
        if (!touches) count++;
        if (count <= capacity) ranges[count - 1] = last;
      }
    }
  }
  close(file);
  return length < 0 ? -1 : count;
}

long long slt_resident_bytes(uintptr_t start, uintptr_t end) {
  enum { CHUNK = 4096 };
  size_t page = slt_page_size();
  unsigned char pages[CHUNK];
  long long resident = 0;
  for (uintptr_t chunk = start; chunk < end; chunk += CHUNK * page) {
    size_t bytes = end - chunk < CHUNK * page ? end - chunk : CHUNK * page;
    if (mincore((void *)chunk, bytes, pages) != 0) return -1;
    for (size_t i = 0; i < bytes / page; i++) resident += pages[i] & 1;
  }
  return resident * (long long)page;
}

#else

int slt_mapped_ranges(slt_range *ranges, int capacity) {
  (void)ranges;
  (void)capacity;
  return -1;
}

long long slt_resident_bytes(uintptr_t start, uintptr_t end) {
  (void)start;
  (void)end;
  return -1;
}
#endif
