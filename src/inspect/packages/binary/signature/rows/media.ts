import type { Signature } from '../signature.ts';

/** What reads pictures, sound, films and documents. */
export const media: readonly Signature[] = [
  {
    name: 'ffmpeg',
    files: ['ffmpeg', 'libavutil.so*', 'libavcodec.so*'],
    version: () => [
      /FFmpeg version n?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/,
      /%s version n?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[^\s\0]{0,60}\0{1,8} Copyright \(c\) %d/,
    ],
  },
  {
    name: 'imagemagick',
    files: ['libMagickCore-*.Q16.so*', 'libMagickCore-*.Q16HDRI.so*', 'magick'],
    version: () => [/ImageMagick (\d\.\d{1,2}\.\d{1,2}-\d{1,3}) /],
  },
  {
    name: 'ghostscript',
    files: ['gs', 'libgs.so*'],
    version: () => [/\/ghostscript\/(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\/Resource/],
  },
  { name: 'libpng', files: ['libpng16.so*'], version: () => [/ libpng version (1\.\d{1,2}\.\d{1,2})/] },
  {
    name: 'libjpeg-turbo',
    files: ['libjpeg.so*', 'libturbojpeg.so*'],
    version: () => [/\0libjpeg-turbo version (\d\.\d{1,2}\.\d{1,2}) \(/],
  },
  { name: 'libtiff', files: ['libtiff.so*'], version: () => [/\0LIBTIFF, Version (4\.\d{1,2}\.\d{1,2})\n/] },
  { name: 'libraw', files: ['libraw.so*', 'libraw_r.so*'], version: () => [/\0(0\.\d{1,2}\.\d{1,2})-Release\0/] },
  { name: 'openjpeg', files: ['libopenjp2.so*'], version: () => [/\0(2\.\d{1,2}\.\d{1,2})\0rb\0/] },
  {
    name: 'libheif',
    files: ['libheif.so*'],
    version: () => [/\0Success\0(1\.\d{1,2}\.\d{1,2})\0heix\0/, /\0track_result\0(1\.\d{1,2}\.\d{1,2})\0/],
  },
  { name: 'libvpx', files: ['libvpx.so*'], version: () => [/WebM Project VP\d Decoder v(1\.\d{1,2}\.\d{1,2})/] },
  { name: 'libaom', files: ['libaom.so*'], version: () => [/AOMedia Project AV1 Decoder v(\d\.\d{1,2}\.\d{1,2})/] },
  { name: 'gstreamer', files: ['libgstreamer-1.0.so*'], version: () => [/\0(1\.\d{1,2}\.\d{1,2})\0staticelements\0/] },
  {
    name: 'libvips',
    files: ['libvips.so*', 'libvips-cpp.so*'],
    version: () => [/\0init: main\0(8\.\d{1,2}\.\d{1,2})\0/],
  },
  {
    name: 'graphicsmagick',
    files: ['gm', 'libGraphicsMagick.so*', 'libGraphicsMagick-Q16.so*'],
    version: () => [/\0GraphicsMagick (1\.\d{1,2}\.\d{1,2})\0/],
  },
  { name: 'libvorbis', files: ['libvorbis.so*'], version: () => [/Xiph\.Org libVorbis (1\.\d\.\d{1,2})\0/] },
  { name: 'opus', files: ['libopus.so*'], version: () => [/\0libopus (1\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  { name: 'libsndfile', files: ['libsndfile.so*'], version: () => [/\0libsndfile-(1\.\d{1,2}\.\d{1,2})\0/] },
  {
    name: 'poppler',
    files: ['libpoppler.so*', 'pdftotext', 'pdfimages', 'pdftoppm'],
    version: () => [/ Resource-Form\n\0(\d{2}\.\d{2}\.\d)\0/, /\0(\d{2}\.\d{2}\.\d)\0pdf[a-z]{4,8} version/],
  },
  { name: 'mupdf', files: ['mutool'], version: () => [/\0(1\.\d{1,2}\.\d{1,2})\0mutool version/] },
  { name: 'gdal', files: ['libgdal.so*'], version: () => [/GDAL (3\.\d{1,2}\.\d{1,2})\0/] },
  {
    name: 'hdf5',
    files: ['libhdf5.so*', 'libhdf5_serial.so*'],
    version: () => [/ HDF5 Version: (\d\.\d{1,2}\.\d{1,2})\n/],
  },
];
