import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, waitUntil } from '../../test/page.js';
import {
  chooseFile,
  coloursOf,
  cornersOf,
  photo,
  pictureFile,
  promised,
  quarteredPhoto,
  turned,
} from '../../test/pictures.js';
import { type Fault, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileAvatarElement } from './profile-avatar.js';

type AvatarTerms = Partial<HostPolicy['profile']['fields']['avatar']>;

const withAvatar = (terms: AvatarTerms): HostPolicy => {
  const { profile } = environmentOperationsCenter;
  const avatar = { ...profile.fields.avatar, ...terms };
  return { ...environmentOperationsCenter, profile: { ...profile, fields: { ...profile.fields, avatar } } };
};

/** Names the dominant colour of a pixel. */
const colourOf = ([red = 0, green = 0, blue = 0]: readonly number[]): string =>
  ['red', 'lime', 'blue'][[red, green, blue].indexOf(Math.max(red, green, blue))] ?? '';

describe('<profile-avatar> holds the policy’s limits against what it sends', () => {
  let server: TestServer;
  let sent: Blob | undefined;
  afterEach(() => server.close());

  const start = async (terms: AvatarTerms = {}) => {
    server = await startServer(withAvatar(terms));
    sent = undefined;
    const listen: Fault = async (request, next) => {
      if (request.method === 'PUT') sent = await request.clone().blob();
      return next(request);
    };
    server.fault(listen);
    const element = await fixture<ProfileAvatarElement>(
      html`<profile-avatar .client=${server.client('ana')} lang="en"></profile-avatar>`,
    );
    await appears(element, '[part="edit"]');
    return element;
  };
  const chosen = async (file: File, terms?: AvatarTerms) => {
    const element = await start(terms);
    chooseFile(element, file);
    await waitUntil(() => deepAll(element, '[part="save"], [part="error"]').length > 0);
    return element;
  };
  /** The picture that is sent for a file, as the server stores it. */
  const saved = async (file: File, terms?: AvatarTerms) => {
    const element = await chosen(file, terms);
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    if (!sent) throw new Error('Nothing was sent');
    return { sent, ...(await coloursOf(sent)) };
  };

  it('takes a photo of 12 megapixels and more bytes than may be sent', async () => {
    const file = await photo(4000, 3000, 4_100_000);
    const { sent, width, height } = await saved(file, { maxBytes: 2_000_000, maxPixels: 1_000_000 });
    expect(file.size).to.be.above(4_100_000);
    expect(sent.size).to.be.below(2_000_000);
    expect([width, height]).to.deep.equal([512, 512]);
  });

  it('takes a photo of 48 megapixels', async () => {
    const { width, height, middle } = await saved(await photo(8000, 6000));
    expect([width, height, colourOf(middle)]).to.deep.equal([512, 512, 'lime']);
  });

  it('takes a panorama, of which it sends the middle', async () => {
    const { width, height, left, middle, right } = await saved(await photo(12_000, 800));
    expect([width, height]).to.deep.equal([512, 512]);
    expect([left, middle, right].map(colourOf)).to.deep.equal(['lime', 'lime', 'lime']);
  });

  it('sends no more pixels than the policy allows', async () => {
    const { width, height } = await saved(await photo(4000, 3000), { maxPixels: 2399 });
    expect([width, height]).to.deep.equal([48, 48]);
  });

  it('sends no more bytes than the policy allows, with less quality and then fewer pixels', async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 600;
    const context = canvas.getContext('2d');
    const noise = new ImageData(600, 600);
    // The same on every run, and nothing that compresses well.
    noise.data.forEach((_, at) => (noise.data[at] = at % 4 === 3 ? 255 : Math.imul(at, 2_654_435_761) >>> 24));
    context?.putImageData(noise, 0, 0);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    const file = new File([picture ?? ''], 'noise.png', { type: 'image/png' });
    for (const maxBytes of [60_000, 6000, 1500]) {
      const { sent } = await saved(file, { maxBytes });
      expect(sent.size).to.be.at.most(maxBytes);
      await server.close();
    }
    await start();
  });

  it('says so where no picture is small enough for the policy', async () => {
    const element = await chosen(await photo(300, 300), { maxBytes: 10 });
    await says(element, 'This picture is too large, even scaled down. Choose another one.');
  });

  for (const type of ['image/jpeg', 'image/png', 'image/webp'] as const) {
    it(`takes PNG, JPEG and WebP where the policy wants ${type}, or says that this browser cannot`, async () => {
      const probe = document.createElement('canvas');
      const written = await new Promise<Blob | null>((resolve) => probe.toBlob(resolve, type));
      const files = [await pictureFile(['red']), await photo(60, 40)];
      for (const file of files) {
        if (written?.type === type) expect((await saved(file, { mediaTypes: [type] })).sent.type).to.equal(type);
        else await says(await chosen(file, { mediaTypes: [type] }), 'This browser cannot save pictures');
        await server.close();
      }
      await start();
    });
  }

  it('puts white where a picture is transparent and the policy wants JPEG', async () => {
    const { left, right } = await saved(await pictureFile(['transparent', 'blue']), { mediaTypes: ['image/jpeg'] });
    expect(Math.min(...left)).to.be.above(240);
    expect(colourOf(right)).to.equal('blue');
  });

  it('takes a photo without an ending, by what is in it', async () => {
    const { width } = await saved(new File([await photo(800, 600)], 'photo'));
    expect(width).to.equal(512);
  });

  it('takes a GIF, of which it sends the first picture', async () => {
    // 1 × 1, red, then blue: two pictures.
    const bytes = atob('R0lGODlhAQABAIAAAP8AAAAA/yH5BAAKAAAALAAAAAABAAEAAAICRAEAIfkEAAoAAAAsAAAAAAEAAQAAAgJMAQA7');
    const gif = new File([Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))], 'me.gif', { type: 'image/gif' });
    const element = await chosen(gif);
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    expect(sent?.type).not.to.equal('image/gif');
  });

  describe('turns a photo as the camera was held', () => {
    // Red, lime and blue from left to right, before the Exif rotation.
    for (const [orientation, at] of [
      [1, ['red', 'lime', 'blue']],
      [2, ['blue', 'lime', 'red']],
      [3, ['blue', 'lime', 'red']],
      [6, ['lime', 'lime', 'lime']],
      [8, ['lime', 'lime', 'lime']],
    ] as const) {
      it(`orientation ${orientation}`, async () => {
        // A third of it is in the middle, unless it stands on its side: then the middle is cut out of that.
        const { width, height, left, middle, right } = await saved(turned(await photo(1600, 1200), orientation));
        expect([width, height]).to.deep.equal([512, 512]);
        expect([left, middle, right].map(colourOf)).to.deep.equal(at);
      });
    }
  });

  describe('turns and mirrors a photo as each of the eight orientations of Exif says', () => {
    const nameOf = ([red = 0, green = 0, blue = 0]: readonly number[]) =>
      Math.min(red, green, blue) > 200 ? 'white' : colourOf([red, green, blue]);
    for (const [orientation, corners] of [
      [1, 'red lime blue white'],
      [2, 'lime red white blue'],
      [3, 'white blue lime red'],
      [4, 'blue white red lime'],
      [5, 'red blue lime white'],
      [6, 'blue red white lime'],
      [7, 'white lime blue red'],
      [8, 'lime white red blue'],
    ] as const) {
      for (const [width, height] of [
        [1600, 1200],
        [300, 300],
      ] as const) {
        it(`orientation ${orientation}, ${width} × ${height}`, async () => {
          const { sent: picture } = await saved(turned(await quarteredPhoto(width, height), orientation));
          expect((await cornersOf(picture)).map(nameOf).join(' ')).to.equal(corners);
        });
      }
    }
  });

  // 8 × 8, red, then blue.
  const animated = [
    [
      'image/webp',
      'UklGRsIAAABXRUJQVlA4WAoAAAACAAAABwAABwAAQU5JTQYAAAD/////AABBTk1GSAAAAAAAAAAAAAcAAAcAAGQAAAJWUDggMAAAANABAJ0BKggACAABQCYloAJ0ugH4AAOwAP7y63/82BXNc+/3/9Lg/S4P0uD/0pAAAEFOTUZGAAAAAAAAAAAABwAABwAAZAAAAFZQOCAuAAAAlAEAnQEqCAAIAAAAJiWgAnS6AAOYAP77VeP/pcH/0uD/6XB/6XB/G7LOG6QAAA==',
    ],
    [
      'image/gif',
      'R0lGODlhCAAIAIAAAExpcf8AACH5BAUAAAAALAAAAAAIAAgAAAIHjI+py+1dAAAh+QQFAAAAACwAAAAACAAIAIBMaXEAAP8CB4yPqcvtXQAAOw==',
    ],
  ] as const;
  for (const [type, base64] of animated) {
    it(`of an animated ${type} it sends the first picture, still, and the server takes it`, async () => {
      const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
      const { sent: picture, left, right } = await saved(new File([bytes], 'me', { type }));
      expect([left, right].map(colourOf)).to.deep.equal(['red', 'red']);
      const written = new TextDecoder('latin1').decode(await picture.arrayBuffer());
      for (const mark of ['ANIM', 'ANMF', 'GIF8', 'acTL']) expect(written).not.to.include(mark);
    });
  }

  describe('decodes nothing of a picture with more pixels than any photo', () => {
    for (const [width, height] of [
      [30_000, 30_000],
      [120_001, 1000],
      [4_000_000_000, 4_000_000_000],
    ] as const) {
      it(`${width} × ${height}`, async () => {
        const createImageBitmap = window.createImageBitmap.bind(window);
        const createObjectURL = URL.createObjectURL.bind(URL);
        let readings = 0;
        window.createImageBitmap = (...parameters: unknown[]) => {
          readings += 1;
          return createImageBitmap(...(parameters as [Blob]));
        };
        URL.createObjectURL = (bytes: Blob) => {
          readings += 1;
          return createObjectURL(bytes);
        };
        try {
          const element = await chosen(promised(width, height));
          await says(element, 'This picture has too many pixels. Choose one of up to 120 megapixels.');
          expect(readings).to.equal(0);
          chooseFile(element, await photo(60, 40));
          await appears(element, '[part="save"]');
          expect(readings).to.be.above(0);
        } finally {
          window.createImageBitmap = createImageBitmap;
          URL.createObjectURL = createObjectURL;
        }
      });
    }
  });

  it('gives back what it has decoded', async () => {
    const createImageBitmap = window.createImageBitmap.bind(window);
    const bitmaps: ImageBitmap[] = [];
    window.createImageBitmap = async (...parameters: unknown[]) => {
      const bitmap = await createImageBitmap(...(parameters as [Blob]));
      bitmaps.push(bitmap);
      return bitmap;
    };
    try {
      await chosen(await photo(4000, 3000));
    } finally {
      window.createImageBitmap = createImageBitmap;
    }
    expect(bitmaps).to.have.length(1);
    // A closed bitmap has no size.
    expect(bitmaps.map(({ width }) => width)).to.deep.equal([0]);
  });

  it('does without the browser’s way to decode a picture smaller', async () => {
    const createImageBitmap = window.createImageBitmap.bind(window);
    for (const without of [
      () => Promise.reject(new TypeError('There is no such option')),
      // The engine ignores unknown options.
      (source: ImageBitmapSource) => createImageBitmap(source),
    ]) {
      window.createImageBitmap = without;
      const element = await start();
      try {
        chooseFile(element, turned(await photo(1600, 1200), 6));
        await appears(element, '[part="save"]');
      } finally {
        window.createImageBitmap = createImageBitmap;
      }
      button(element, 'Save avatar').click();
      await says(element, 'Saved');
      const { width, height, left, right } = await coloursOf(sent as Blob);
      expect([width, height, colourOf(left), colourOf(right)]).to.deep.equal([512, 512, 'lime', 'lime']);
      await server.close();
    }
    await start();
  });

  it('says that it reads a picture while it does', async () => {
    const element = await start();
    const createImageBitmap = window.createImageBitmap.bind(window);
    const decodable = Promise.withResolvers<void>();
    window.createImageBitmap = async (...parameters: unknown[]) => {
      await decodable.promise;
      return createImageBitmap(...(parameters as [Blob]));
    };
    try {
      chooseFile(element, await photo(300, 200));
      await says(element, 'Reading the picture…');
      expect(deep(element, 'form').getAttribute('aria-busy')).to.equal('true');
      decodable.resolve();
      await appears(element, '[part="save"]');
      expect(deep(element, 'form').getAttribute('aria-busy')).to.equal('false');
    } finally {
      window.createImageBitmap = createImageBitmap;
    }
  });

  it('says which pictures there can be where this browser does not read HEIC', async () => {
    const box = [
      0,
      0,
      0,
      24,
      ...new TextEncoder().encode('ftypheic'),
      0,
      0,
      0,
      0,
      ...new TextEncoder().encode('mif1heic'),
    ];
    const ispe = [0, 0, 0, 20, ...new TextEncoder().encode('ispe'), 0, 0, 0, 0, 0, 0, 0x0f, 0xc0, 0, 0, 0x0b, 0xd0];
    const heic = new File([new Uint8Array([...box, ...ispe])], 'IMG_0001.HEIC', { type: 'image/heic' });
    const element = await chosen(heic);
    await says(element, /This file type is not supported\. Choose JPEG, PNG, WebP,? or GIF\./);
  });
});
