import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { appears, button, deep, deepAll, says, settled, textOf, type, waitUntil } from '../../test/page.js';
import { chooseFile, coloursOf, photo, pictureFile, promised } from '../../test/pictures.js';
import { answerLost, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import '../profile-tabs/define.js';
import './define.js';
import type { AvatarRemoveEvent, AvatarSaveEvent } from '../events/avatar-events.js';
import type { ProfileAvatarElement } from './profile-avatar.js';

const withAvatar = (terms: Partial<HostPolicy['profile']['fields']['avatar']>): HostPolicy => {
  const { profile } = environmentOperationsCenter;
  const avatar = { ...profile.fields.avatar, ...terms };
  return { ...environmentOperationsCenter, profile: { ...profile, fields: { ...profile.fields, avatar } } };
};

describe('<profile-avatar>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(environmentOperationsCenter);
  });
  afterEach(() => server.close());

  const show = async (content = '[part="edit"]') => {
    const element = await fixture<ProfileAvatarElement>(
      html`<profile-avatar .client=${server.client('ana')}></profile-avatar>`,
    );
    await appears(element, content);
    return element;
  };
  const chosen = async (colours?: string[]) => {
    const element = await show();
    chooseFile(element, await pictureFile(colours));
    await appears(element, '[part="save"]');
    return element;
  };
  /** One that is there already. */
  const set = async (colours?: string[]) => {
    const { profile } = server.client('ana');
    const { version } = await profile.get();
    return profile.setAvatar(await pictureFile(colours), { version });
  };
  const image = (element: Element) => deepAll<HTMLImageElement>(element, '[part="avatar"] img')[0];
  const present = () => server.client('ana').profile.get();
  const focused = (element: Element) => element.shadowRoot?.activeElement?.getAttribute('part');

  it('shows initials where there is no picture, and which files there can be', async () => {
    const element = await show();
    expect(textOf(element)).to.include('AS');
    expect(deep(element, '[role="img"]').getAttribute('aria-label')).to.equal('No avatar yet');
    expect(textOf(element)).to.match(/JPEG, PNG, WebP,? or GIF\. Large pictures are scaled down\./);
    expect(deepAll(element, '[part="remove"]')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show('[aria-busy="true"]');
    expect(textOf(element)).to.equal('Loading…');
    await expect(element).to.be.accessible();
    release();
    await appears(element, '[part="edit"]');
  });

  it('opens the browser’s own chooser, for the files that there can be', async () => {
    const element = await show();
    const input = deep<HTMLInputElement>(element, 'input');
    expect(input.accept.split(',')).to.have.members(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
    let opened = false;
    input.addEventListener('click', (event) => {
      event.preventDefault();
      opened = true;
    });
    button(element, 'Edit avatar').click();
    expect(opened).to.equal(true);
  });

  it('shows what was chosen, and keeps it to itself until it is saved', async () => {
    const element = await chosen();
    expect(image(element)?.src).to.match(/^blob:/);
    expect(deep(element, '[role="img"]').getAttribute('aria-label')).to.equal('Preview of the new avatar');
    await waitUntil(() => focused(element) === 'save');
    expect((await present()).avatarUrl).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('saves it, says so, and tells the host before and after', async () => {
    const element = await chosen();
    const before = oneEvent<AvatarSaveEvent>(element, 'avatar-save');
    const after = oneEvent<AvatarSaveEvent>(element, 'avatar-saved');
    button(element, 'Save avatar').click();
    expect((await before).profile).to.include({ avatarUrl: null, version: 1 });
    expect((await after).profile.version).to.equal(2);
    await says(element, 'Saved');
    await waitUntil(() => focused(element) === 'edit');
    await waitUntil(() => image(element)?.src.startsWith('blob:'));
    expect(deep(element, '[role="img"]').getAttribute('aria-label')).to.equal('Avatar of Ana Souza');
    await expect(element).to.be.accessible();
  });

  it('shows what was saved at once, without asking for it', async () => {
    await set(['red']);
    const element = await chosen(['blue']);
    const asked: string[] = [];
    server.fault((request, next) => {
      asked.push(`${request.method} ${new URL(request.url).pathname.replace(/^.*\//, '')}`);
      return next(request);
    });
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    await waitUntil(() => asked.includes('GET profile'));
    await nextFrame();
    expect(asked).to.include('PUT avatar').and.not.to.include('GET avatar');
    const shown = await fetch(image(element)?.src ?? '');
    const { middle } = await coloursOf(await shown.blob());
    expect(middle[2]).to.be.above(200);
  });

  it('sends what is in the middle, square, and no larger than it is needed', async () => {
    const element = await show();
    chooseFile(element, await pictureFile(['red', 'lime', 'blue'], { width: 3000, height: 1000 }));
    await appears(element, '[part="save"]');
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    const kept = await coloursOf(await server.client('ana').profile.avatar());
    expect([kept.width, kept.height]).to.deep.equal([512, 512]);
    for (const [red = 0, green = 0, blue = 0] of [kept.left, kept.middle, kept.right]) {
      expect(green).to.be.above(240);
      expect(Math.max(red, blue)).to.be.below(20);
    }
  });

  it('keeps what is transparent', async () => {
    const element = await chosen(['transparent', 'red']);
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    const { left, right } = await coloursOf(await server.client('ana').profile.avatar());
    expect(left[3]).to.equal(0);
    expect(right[3]).to.equal(255);
  });

  it('drops what was chosen at Cancel', async () => {
    await set();
    const element = await chosen();
    button(element, 'Cancel').click();
    await appears(element, '[part="remove"]');
    await waitUntil(() => focused(element) === 'edit');
    expect(deepAll(element, '[part="save"]')).to.have.length(0);
    expect((await present()).version).to.equal(2);
  });

  it('does not save where the host prevents it, and keeps what was chosen', async () => {
    const element = await chosen();
    element.addEventListener('avatar-save', (event) => event.preventDefault());
    button(element, 'Save avatar').click();
    await element.updateComplete;
    expect((await present()).avatarUrl).to.equal(null);
    expect(image(element)?.src).to.match(/^blob:/);
  });

  describe('what it refuses, with the one before kept', () => {
    const refuses = async (file: File, words: string | RegExp) => {
      const { avatarUrl } = await set();
      const element = await show('[part="remove"]');
      await waitUntil(() => image(element));
      const { src } = image(element) ?? {};
      chooseFile(element, file);
      await says(element, words);
      expect(deep(element, '[part="error"]').getAttribute('role')).to.equal('alert');
      expect(button(element, 'Edit avatar').getAttribute('aria-describedby')).to.equal(
        deep(element, '[part="error"]').id,
      );
      expect(image(element)?.src).to.equal(src);
      expect(deepAll(element, '[part="save"]')).to.have.length(0);
      expect((await present()).avatarUrl).to.equal(avatarUrl);
      await expect(element).to.be.accessible();
      chooseFile(element, await pictureFile());
      await appears(element, '[part="save"]');
      expect(deepAll(element, '[part="error"]')).to.have.length(0);
    };
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';

    it('a file of another type', () =>
      refuses(new File([svg], 'me.svg', { type: 'image/svg+xml' }), 'This file type is not supported.'));

    it('a file that says it is a picture, and is none', () =>
      refuses(new File([svg], 'me.png', { type: 'image/png' }), 'This file cannot be read as a picture.'));

    it('an empty file', () =>
      refuses(new File([], 'me.png', { type: 'image/png' }), 'This file cannot be read as a picture.'));

    it('a file of more bytes than any photo has', async () => {
      const large = new File([await pictureFile(), new Uint8Array(100_000_000)], 'me.png', { type: 'image/png' });
      await refuses(large, 'This file is too large. Choose one of up to 100 MB.');
    });

    it('a picture of more pixels than any photo has', () =>
      refuses(promised(30_000, 30_000), 'This picture has too many pixels. Choose one of up to 120 megapixels.'));

    it('a text named as a photo', () =>
      refuses(new File(['Hello'], 'me.jpg', { type: 'image/jpeg' }), 'This file cannot be read as a picture.'));

    it('a photo cut short', async () => {
      const whole = await photo(300, 200);
      const half = new File([whole.slice(0, 300)], 'me.jpg', { type: 'image/jpeg' });
      await refuses(half, 'This file cannot be read as a picture.');
    });
  });

  it('says at the control what the server finds wrong, and keeps what was chosen', async () => {
    const element = await chosen();
    for (const [code, number, words] of [
      ['too_large', 413, 'This picture is too large, even scaled down.'],
      ['media_type_unsupported', 415, 'This file cannot be read as a picture.'],
    ] as const) {
      const problem = { type: 'about:blank', title: code, status: number, code, requestId: 'r' };
      server.fault((request, next) =>
        request.method === 'PUT'
          ? Promise.resolve(
              new Response(JSON.stringify(problem), {
                status: number,
                headers: { 'content-type': 'application/problem+json' },
              }),
            )
          : next(request),
      );
      button(element, 'Save avatar').click();
      await says(element, words);
      expect(image(element)?.src).to.match(/^blob:/);
    }
  });

  for (const [name, fault, words] of [
    ['the server cannot be reached', offline, 'The server could not be reached.'],
    ['the server fails', status(500), 'Something went wrong.'],
    ['the server is busy', status(503), 'The server is not available right now.'],
  ] as const) {
    it(`keeps what was chosen when ${name}, and saves it later`, async () => {
      const element = await chosen();
      const { src } = image(element) ?? {};
      server.fault(fault);
      button(element, 'Save avatar').click();
      await says(element, words);
      expect(image(element)?.src).to.equal(src);
      await expect(element).to.be.accessible();
      server.fault();
      button(element, 'Save avatar').click();
      await says(element, 'Saved');
    });
  }

  it('keeps what was chosen through a session that has ended', async () => {
    const element = await chosen();
    server.lapse('ana');
    const expired = oneEvent(element, 'cockpit-session-expired');
    button(element, 'Save avatar').click();
    await expired;
    await says(element, 'Your session has expired.');
    server.renew('ana');
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
  });

  it('knows that it was saved where the answer was lost', async () => {
    const element = await chosen();
    server.fault(answerLost);
    button(element, 'Save avatar').click();
    await says(element, 'The server could not be reached.');
    server.fault();
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    expect(textOf(element)).not.to.include('Someone else');
    expect((await present()).version).to.equal(2);
  });

  it('saves over a change of name by somebody else without a word', async () => {
    const element = await chosen();
    await server.client('ana').profile.update({ firstName: 'Anabel' }, { version: 1 });
    button(element, 'Save avatar').click();
    await says(element, 'Saved');
    expect(await present()).to.include({ firstName: 'Anabel', version: 3 });
  });

  for (const [name, choice, version] of [
    ['keeps theirs', 'Use current version', 2],
    ['keeps mine', 'Keep my version', 3],
  ] as const) {
    it(`asks where another picture was set meanwhile, and ${name}`, async () => {
      const element = await chosen(['blue']);
      await set(['red']);
      button(element, 'Save avatar').click();
      await says(element, 'Another avatar was set in the meantime.');
      await waitUntil(() => deepAll(element, '[part="changes"] img').length === 1);
      await expect(element).to.be.accessible();
      button(element, choice).click();
      await waitUntil(async () => (await present()).version === version && !textOf(element).includes('meantime'));
      const { middle } = await coloursOf(await server.client('ana').profile.avatar());
      expect((middle[2] ?? 0) > 200).to.equal(choice === 'Keep my version');
    });
  }

  it('removes after asking, and tells the host before and after', async () => {
    await set();
    const element = await show('[part="remove"]');
    const before = oneEvent<AvatarRemoveEvent>(element, 'avatar-remove');
    const after = oneEvent<AvatarRemoveEvent>(element, 'avatar-removed');
    button(element, 'Remove avatar').click();
    const dialog = await appears<HTMLDialogElement>(element, 'dialog[open]');
    await expect(element).to.be.accessible();
    button(dialog, 'Remove avatar').click();
    expect((await before).profile.version).to.equal(2);
    expect((await after).profile).to.include({ avatarUrl: null, version: 3 });
    await says(element, 'Avatar removed');
    await says(element, 'AS');
    await waitUntil(() => focused(element) === 'edit');
    expect(image(element)).to.equal(undefined);
  });

  it('keeps the picture at Cancel, with the focus back', async () => {
    await set();
    const element = await show('[part="remove"]');
    button(element, 'Remove avatar').click();
    const dialog = await appears<HTMLDialogElement>(element, 'dialog[open]');
    button(dialog, 'Cancel').click();
    await waitUntil(() => focused(element) === 'remove');
    expect((await present()).version).to.equal(2);
  });

  it('takes it well where it has been removed already, or another was set', async () => {
    await set();
    const element = await show('[part="remove"]');
    button(element, 'Remove avatar').click();
    const dialog = await appears<HTMLDialogElement>(element, 'dialog[open]');
    const { profile } = server.client('ana');
    await profile.removeAvatar({ version: 2 });
    button(dialog, 'Remove avatar').click();
    await says(element, 'Avatar removed');
    await set();
    await set(['red']);
    const other = await show('[part="remove"]');
    await profile.update({ firstName: 'Anabel' }, { version: 5 });
    button(other, 'Remove avatar').click();
    button(await appears(other, 'dialog[open]'), 'Remove avatar').click();
    await says(other, 'Avatar removed');
    expect((await present()).avatarUrl).to.equal(null);
  });

  it('asks before the page is left with something unsaved', async () => {
    const element = await chosen();
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leave()).to.equal(true);
    button(element, 'Cancel').click();
    await element.updateComplete;
    expect(leave()).to.equal(false);
  });

  it('shows it only where it can only be looked at, and says who manages it', async () => {
    await server.close();
    server = await startServer(withAvatar({ access: 'read', managedBy: 'identityProvider' }));
    const element = await show('[part="help"]');
    expect(textOf(element)).to.include('Managed by your identity provider.');
    expect(deepAll(element, 'button, input')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('is nothing where avatars are hidden', async () => {
    await server.close();
    server = await startServer(withAvatar({ access: 'hidden' }));
    const element = await fixture<ProfileAvatarElement>(
      html`<profile-avatar .client=${server.client('ana')}></profile-avatar>`,
    );
    await waitUntil(() => deepAll(element, '[aria-busy="true"]').length === 0);
    expect(textOf(element)).to.equal('');
  });

  it('is saved by the one Save of a page, together with what was typed there', async () => {
    const page = await fixture<HTMLElement>(html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`);
    type(await appears<HTMLInputElement>(page, '#firstName'), 'Anabel');
    const element = deep(page, 'profile-avatar');
    await appears(element, '[part="edit"]');
    chooseFile(element, await pictureFile());
    await says(element, 'Not saved yet.');
    expect(deepAll(element, '[part="save"]')).to.have.length(0);
    await expect(page).to.be.accessible();
    const saved = oneEvent(page, 'profile-page-saved');
    button(page, 'Save').click();
    await saved;
    const { firstName, avatarUrl, version } = await present();
    expect({ firstName, hasAvatar: avatarUrl !== null, version }).to.deep.equal({
      firstName: 'Anabel',
      hasAvatar: true,
      version: 3,
    });
    expect(textOf(page)).not.to.match(/Not saved yet|Somebody else/);
  });

  it('gives back what it has shown, and leaves no picture of somebody who has gone', async () => {
    const made: string[] = [];
    const createObjectURL = URL.createObjectURL.bind(URL);
    const revokeObjectURL = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (bytes: Blob) => {
      const url = createObjectURL(bytes);
      made.push(url);
      return url;
    };
    URL.revokeObjectURL = (url: string) => {
      expect(made).to.include(url);
      made.splice(made.indexOf(url), 1);
      revokeObjectURL(url);
    };
    try {
      await set();
      const element = await chosen();
      button(element, 'Save avatar').click();
      await says(element, 'Saved');
      await waitUntil(() => made.length === 1);
      expect(image(element)?.src).to.equal(made[0]);
      element.client = server.client('bruno');
      await says(element, /^B/);
      expect(made).to.have.length(0);
      element.client = server.client('ana');
      await waitUntil(() => made.length === 1);
      element.remove();
      await nextFrame();
      expect(made).to.have.length(0);
      // Where it is put back, it is shown again.
      document.body.append(element);
      await waitUntil(() => image(element)?.src === made[0] && made.length === 1);
      element.remove();
    } finally {
      Object.assign(URL, { createObjectURL, revokeObjectURL });
    }
  });

  it('asks nobody what another was asked', async () => {
    await set();
    const element = await show('[part="remove"]');
    button(element, 'Remove avatar').click();
    await appears(element, 'dialog[open]');
    element.client = server.client('bruno');
    await says(element, /^B/);
    expect(deepAll(element, 'dialog')).to.have.length(0);
  });

  it('shows the last of several that were chosen quickly, whichever is read first', async () => {
    const element = await show();
    const createImageBitmap = window.createImageBitmap.bind(window);
    const decodable = Promise.withResolvers<void>();
    const decoded = Promise.withResolvers<void>();
    window.createImageBitmap = async (...parameters: unknown[]) => {
      await decodable.promise;
      try {
        return await createImageBitmap(...(parameters as [Blob]));
      } finally {
        decoded.resolve();
      }
    };
    try {
      chooseFile(element, await pictureFile());
      chooseFile(element, new File([], 'me.gif', { type: 'image/gif' }));
      await says(element, 'This file type is not supported.');
      decodable.resolve();
      await decoded.promise;
      // Another picture has been read and drawn in the meantime.
      await createImageBitmap(await pictureFile());
      await settled();
    } finally {
      window.createImageBitmap = createImageBitmap;
    }
    expect(deepAll(element, '[part="save"]')).to.have.length(0);
    expect(textOf(element)).to.include('This file type is not supported.');
  });

  it('offers to try again where it could not read', async () => {
    server.fault(offline);
    const element = await fixture<ProfileAvatarElement>(
      html`<profile-avatar .client=${server.client('ana')}></profile-avatar>`,
    );
    await says(element, 'The server could not be reached.');
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '[part="edit"]');
  });
});
