//! Compound files (MS-CFB), in which old workbooks stand, made around the stream that the fuzzer changes.

const SECTOR: usize = 512;
const END_OF_CHAIN: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;
/// A shorter stream would stand elsewhere.
const SHORTEST: usize = 4096;
/// What one sector of the table of sectors can tell of, its own and that of the directory left out.
const LONGEST: usize = (SECTOR / 4 - 2) * SECTOR;

/// A compound file around a stream `Workbook`. The input begins with a number of bytes of the file that are changed, and with
/// place (two bytes) and new value of each.
pub fn compound(input: &[u8]) -> Vec<u8> {
    let (count, rest) = input.split_first().map_or((0, input), |(count, rest)| (usize::from(count % 8), rest));
    let (changes, stream) = rest.split_at(rest.len().min(3 * count));
    let mut stream = stream[..stream.len().min(LONGEST)].to_vec();
    stream.resize(stream.len().max(SHORTEST).next_multiple_of(SECTOR), 0);
    let mut file = [header(), sectors(stream.len() / SECTOR), directory(stream.len()), stream].concat();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % file.len();
        file[at] = change[2];
    }
    file
}

fn header() -> Vec<u8> {
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.extend([0; 16]);
    // Versions, byte order, sizes of sectors (as powers of two).
    header.extend([0x3e_u16, 3, 0xfffe, 9, 6, 0, 0, 0].iter().flat_map(|number| number.to_le_bytes()));
    // One sector of the table, the directory in the second one, no small streams.
    let rest = [0, 1, 1, 0, SHORTEST as u32, END_OF_CHAIN, 0, END_OF_CHAIN, 0, 0];
    header.extend(rest.iter().flat_map(|number| number.to_le_bytes()));
    header.resize(SECTOR, 0xff);
    header
}

/// Which sector follows which: the table, the directory, the stream.
fn sectors(count: usize) -> Vec<u8> {
    let chain = (0..count as u32).map(|number| if number as usize + 1 == count { END_OF_CHAIN } else { number + 3 });
    let all = [0xffff_fffd, END_OF_CHAIN].into_iter().chain(chain).chain(std::iter::repeat(FREE));
    all.take(SECTOR / 4).flat_map(u32::to_le_bytes).collect()
}

fn directory(len: usize) -> Vec<u8> {
    let entry = |name: &str, kind: u8, child: u32, start: u32, len: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend((2 * name.len() as u16 + 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([FREE, FREE, child].iter().flat_map(|number| number.to_le_bytes()));
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend((len as u64).to_le_bytes());
        entry
    };
    let mut directory = [entry("Root Entry", 5, 1, END_OF_CHAIN, 0), entry("Workbook", 2, FREE, 2, len)].concat();
    directory.resize(SECTOR, 0);
    directory
}
