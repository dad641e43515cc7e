import { Modal } from '@mantine/core';
import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import type { Facts } from './Facts';
import { FromShop } from './FromShop';

/** A new product from the page of a shop. */
export default function ImportProduct({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const create = async (facts: Facts, images: string[]) => {
    const { product } = await call('createProduct', { ...facts, images });
    navigate(`/products/${product.id}`);
  };
  return (
    <Modal opened onClose={close} title="From a shop’s page" size="lg">
      <FromShop take={create} close={close} />
    </Modal>
  );
}
